namespace Dedup.Policy.Running;

/// <summary>How a repository stands.</summary>
public sealed record RepositoryStatus
{
    /// <summary>The repository.</summary>
    public required string Name { get; init; }

    /// <summary>What is remembered of it.</summary>
    public required RepositoryState State { get; init; }

    /// <summary>How long ago the byte was read that was not read for longest; <see langword="null"/> when some never was, or nothing was checked.</summary>
    public TimeSpan? OldestReadAge { get; init; }

    /// <summary>Its copies.</summary>
    public required IReadOnlyList<ReplicaStatus> Replicas { get; init; }

    /// <summary>Whether nothing needs a look.</summary>
    public bool IsWell => (State.Checked is null || State.IsWhole) && Replicas.All(static replica => replica.IsWell);
}
