namespace Dedup.Replication;

/// <summary>Why a replica is not what its source is.</summary>
public enum ReplicationProblemKind
{
    /// <summary>An object of the source is damaged. It was not copied.</summary>
    DamagedInSource,

    /// <summary>An object of the target is damaged, the source's is not. It was not overwritten.</summary>
    DamagedInTarget,

    /// <summary>An object of the target has another content than the source's, and nobody can tell without the key which one is right.</summary>
    Differs,

    /// <summary>A prune of the target is not complete: snapshots published meanwhile might lose their data to it.</summary>
    TargetIsPruned,

    /// <summary>Snapshots are held back, because packs that they may need could not be copied.</summary>
    SnapshotsHeldBack,

    /// <summary>The source was pruned again and again while it was read: new snapshots wait for the next run.</summary>
    SourceUnsettled,

    /// <summary>What the source no longer has was not deleted from the target.</summary>
    DeletionRefused,
}
