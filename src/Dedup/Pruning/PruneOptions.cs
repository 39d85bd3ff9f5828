namespace Dedup.Pruning;

/// <summary>How unneeded data is removed.</summary>
public sealed record PruneOptions
{
    /// <summary>How much of the packs that stay may be data that nothing needs, as a share of their bytes from 0 to 1: less means more rewriting.</summary>
    public double MaxUnused { get; init; } = 0.05;

    /// <summary>How long to wait between condemning packs and deleting them; safety does not rest on it.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>How long to wait for backups that began before the packs were condemned. Then the next prune deletes the packs.</summary>
    public TimeSpan WaitForSessions { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A backup that began longer ago is taken for dead; one that lives after all starts over. One whose process is known to have ended is never waited for.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether more than half of what is stored may go. A dry run tells it in any case.</summary>
    public bool AllowLargeDeletion { get; init; }

    /// <summary>Whether the caller vouches that nobody else uses the repository, so that the store need not be tried out first.</summary>
    public bool IsExclusive { get; init; }

    /// <summary>Whether to tell what would be done and do nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Snapshots that a dry run takes for forgotten, such as those that <see cref="Repository.PlanRetentionAsync"/> names.</summary>
    public IReadOnlyCollection<SnapshotId> AssumeForgotten { get; init; } = [];
}
