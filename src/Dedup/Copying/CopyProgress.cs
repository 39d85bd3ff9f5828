namespace Dedup.Copying;

/// <summary>How far a copy has come.</summary>
/// <param name="SnapshotsDone">Snapshots copied, or there already.</param>
/// <param name="SnapshotsTotal">Snapshots to be copied.</param>
/// <param name="FilesDone">Entries that are no directories of the snapshots under way, those of unchanged directories left out.</param>
/// <param name="BytesRead">Plaintext bytes read from the source.</param>
/// <param name="BytesStored">Bytes of packs and index segments written to the target.</param>
public readonly record struct CopyProgress(long SnapshotsDone, long SnapshotsTotal, long FilesDone, long BytesRead, long BytesStored);
