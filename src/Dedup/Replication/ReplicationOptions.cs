namespace Dedup.Replication;

/// <summary>How a repository is mirrored.</summary>
public sealed record ReplicationOptions
{
    /// <summary>Whether to look at every object that is in the target already: packs, index segments and key slots by their hashes, the others byte for byte.</summary>
    public bool Verify { get; init; }

    /// <summary>Whether to delete from the target what the source no longer has. Without it nothing is ever deleted there.</summary>
    public bool PruneTarget { get; init; }

    /// <summary>Whether more than half of what the target holds may go.</summary>
    public bool AllowLargeDeletion { get; init; }

    /// <summary>Whether to publish new snapshots although packs of the source are damaged and missing in the target: then the target is as whole as the source, no more.</summary>
    public bool SkipDamaged { get; init; }

    /// <summary>Whether to tell what would be done and do nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>How many objects are copied at once, each through a buffer of 1 MiB; with 1, all is done in order.</summary>
    public int Concurrency { get; init; } = 4;
}
