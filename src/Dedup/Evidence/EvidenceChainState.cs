namespace Dedup.Evidence;

/// <summary>A chain of records as it was found.</summary>
/// <param name="Chain">Which chain: 0 for the repository's own.</param>
/// <param name="Records">How many records it has that can be read.</param>
/// <param name="LastNumber">The number of the last one.</param>
/// <param name="LastHash">Its hash, in 64 hexadecimal digits: whoever keeps number and hash can tell later whether the end was cut off.</param>
/// <param name="FirstTime">The time of the first record that can be read.</param>
/// <param name="LastTime">The time of the last one.</param>
public sealed record EvidenceChainState(ulong Chain, long Records, long LastNumber, string LastHash, DateTimeOffset FirstTime, DateTimeOffset LastTime);
