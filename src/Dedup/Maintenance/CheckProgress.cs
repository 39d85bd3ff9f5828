namespace Dedup.Maintenance;

/// <summary>How far a check has come.</summary>
/// <param name="PacksDone">Packs checked.</param>
/// <param name="TotalPacks">Packs to check.</param>
/// <param name="BytesRead">Bytes of packs read.</param>
/// <param name="SnapshotsDone">Snapshots walked.</param>
/// <param name="TotalSnapshots">Snapshots to walk.</param>
public readonly record struct CheckProgress(long PacksDone, long TotalPacks, long BytesRead, long SnapshotsDone, long TotalSnapshots);
