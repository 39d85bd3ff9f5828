namespace Dedup.Copying;

/// <summary>What is copied to another repository.</summary>
public sealed record CopyOptions
{
    /// <summary>The snapshots; all when empty.</summary>
    public IReadOnlyCollection<SnapshotId> Snapshots { get; init; } = [];
}
