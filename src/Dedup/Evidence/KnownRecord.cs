namespace Dedup.Evidence;

/// <summary>A record that was seen earlier, and must be there for ever.</summary>
/// <param name="Chain">Its chain.</param>
/// <param name="Number">Its number.</param>
/// <param name="Hash">Its hash, in 64 hexadecimal digits; zeros where that is not known.</param>
/// <param name="Where">Where it was seen, as a part of a sentence whose subject is the record: "was seen by this machine".</param>
internal sealed record KnownRecord(ulong Chain, long Number, string Hash, string Where);
