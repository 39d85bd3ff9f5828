namespace Dedup.Pruning;

/// <summary>What a prune asks of the store. Bytes are those of objects.</summary>
/// <param name="Requests">How many requests; a listing is one for every 1,000 objects.</param>
/// <param name="BytesSent">Bytes written.</param>
/// <param name="BytesFetched">Bytes read.</param>
public sealed record PruneCost(long Requests, long BytesSent, long BytesFetched);
