namespace Dedup.Policy.Running;

/// <summary>What a step of a run does.</summary>
public enum StepKind
{
    /// <summary>Backs up a source.</summary>
    Backup,

    /// <summary>Runs a command before or after a backup.</summary>
    Hook,

    /// <summary>Forgets snapshots by the policy's rules.</summary>
    Forget,

    /// <summary>Brings a replica up to date.</summary>
    Replicate,

    /// <summary>Removes data that no snapshot needs.</summary>
    Prune,

    /// <summary>Checks a repository.</summary>
    Check,

    /// <summary>Tries out the restore of a source.</summary>
    Drill,

    /// <summary>Tells somebody.</summary>
    Notify,
}
