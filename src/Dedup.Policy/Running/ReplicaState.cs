namespace Dedup.Policy.Running;

/// <summary>What is remembered of a replica.</summary>
public sealed record ReplicaState
{
    /// <summary>The time for which its last replication was scheduled.</summary>
    public DateTimeOffset? Scheduled { get; init; }

    /// <summary>When the last replication began that left nothing behind: the replica is what the repository was then.</summary>
    public DateTimeOffset? Complete { get; init; }

    /// <summary>How many snapshots it lacked after the last replication.</summary>
    public long SnapshotsBehind { get; init; }

    /// <summary>Why the last replication failed; <see langword="null"/> when it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>When the last replication began.</summary>
    public DateTimeOffset? Tried { get; init; }

    /// <summary>How often in a row it failed.</summary>
    public int Failures { get; init; }

    /// <summary>When a failed one is tried again, unless one is due or a backup is made before.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
