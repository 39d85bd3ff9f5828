namespace Dedup.Cli.Json;

/// <summary>A chain of records.</summary>
/// <param name="Chain">The chain in 16 hexadecimal digits: zeros for the repository's own.</param>
/// <param name="Records">How many records of it can be read.</param>
/// <param name="LastNumber">The number of the last one.</param>
/// <param name="LastHash">Its hash.</param>
/// <param name="LastTime">Its time.</param>
internal sealed record EvidenceChainDetail(string Chain, long Records, long LastNumber, string LastHash, DateTimeOffset LastTime);
