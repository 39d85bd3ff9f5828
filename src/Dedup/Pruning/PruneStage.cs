namespace Dedup.Pruning;

/// <summary>The stages of a prune, in order.</summary>
public enum PruneStage
{
    /// <summary>Finding what snapshots need.</summary>
    FindingUsed,

    /// <summary>Finding where it lies.</summary>
    Surveying,

    /// <summary>Copying needed blobs out of packs that are mostly unneeded.</summary>
    Repacking,

    /// <summary>Waiting for backups that began before the packs were condemned.</summary>
    WaitingForSessions,

    /// <summary>Deleting packs.</summary>
    Deleting,
}
