namespace Dedup.Policy.Running;

/// <summary>Why something needs a look.</summary>
public enum StatusProblemKind
{
    /// <summary>A backup is due, and nobody runs it.</summary>
    Late,

    /// <summary>The last backup failed, or the last replication.</summary>
    Failed,

    /// <summary>The last good backup is older than it may be, or there is none.</summary>
    LossTooLarge,

    /// <summary>The last drill failed.</summary>
    DrillFailed,

    /// <summary>The last check found damage.</summary>
    Damaged,

    /// <summary>A replica is further behind than it may be.</summary>
    Behind,
}
