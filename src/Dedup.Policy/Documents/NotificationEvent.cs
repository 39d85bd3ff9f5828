namespace Dedup.Policy.Documents;

/// <summary>What can be told.</summary>
public enum NotificationEvent
{
    /// <summary>A step failed: a backup, a check, a drill, a replication or another.</summary>
    Failure,

    /// <summary>Something is worth a look: files that could not be read, data that suddenly looks random.</summary>
    Warning,

    /// <summary>Runs were missed, and one made up for them.</summary>
    Missed,

    /// <summary>An objective was not reached.</summary>
    Objective,

    /// <summary>All went well.</summary>
    Success,
}
