namespace Dedup.Replication;

/// <summary>How far a replication has come; all counters are of this run.</summary>
/// <param name="ObjectsDone">Objects copied or verified.</param>
/// <param name="ObjectsTotal">Objects known to be copied or verified.</param>
/// <param name="BytesDone">Their bytes.</param>
/// <param name="BytesTotal">All their bytes.</param>
public readonly record struct ReplicationProgress(long ObjectsDone, long ObjectsTotal, long BytesDone, long BytesTotal);
