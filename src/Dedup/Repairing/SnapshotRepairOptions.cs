namespace Dedup.Repairing;

/// <summary>How snapshots are repaired.</summary>
public sealed record SnapshotRepairOptions
{
    /// <summary>Only find out what would be done.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The snapshots to repair; empty for all.</summary>
    public IReadOnlyList<SnapshotId> Snapshots { get; init; } = [];

    /// <summary>
    /// Whether every chunk of every file is read to find out whether it is whole. Otherwise a chunk that the index lists is believed, unless
    /// this machine's checks or repairs found its pack damaged: then it is read.
    /// </summary>
    public bool ReadData { get; init; }
}
