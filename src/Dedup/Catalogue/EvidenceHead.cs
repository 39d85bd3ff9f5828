namespace Dedup.Catalogue;

/// <summary>The last record of a chain of evidence.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Number">Its number; 0 where there is no record yet.</param>
/// <param name="Hash">Its hash; zero where there is none, or where it cannot be read.</param>
/// <param name="TimeNs">Its time, in nanoseconds since 1970-01-01 UTC.</param>
internal sealed record EvidenceHead(ulong Chain, long Number, Bytes32 Hash, long TimeNs);
