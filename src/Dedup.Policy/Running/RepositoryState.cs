namespace Dedup.Policy.Running;

/// <summary>What is remembered of a repository.</summary>
public sealed record RepositoryState
{
    /// <summary>The time for which the last prune was scheduled.</summary>
    public DateTimeOffset? PruneScheduled { get; init; }

    /// <summary>The time for which the last check was scheduled.</summary>
    public DateTimeOffset? CheckScheduled { get; init; }

    /// <summary>When the last check ended.</summary>
    public DateTimeOffset? Checked { get; init; }

    /// <summary>Whether it found all whole.</summary>
    public bool IsWhole { get; init; }

    /// <summary>When the byte was read that was not read for longest, as of the last check; <see langword="null"/> when some never was.</summary>
    public DateTimeOffset? OldestRead { get; init; }

    /// <summary>The digest of the policy that is on record in it.</summary>
    public string? PolicyDigest { get; init; }

    /// <summary>The replicas, by their names.</summary>
    public IReadOnlyDictionary<string, ReplicaState> Replicas { get; init; } = new Dictionary<string, ReplicaState>();
}
