namespace Dedup.Policy.Documents;

/// <summary>A repository, the copies of it, and how it is kept in order.</summary>
public sealed record RepositoryPolicy
{
    /// <summary>What the policy calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The absolute path of a folder, or a place in S3 as the command line writes it.</summary>
    public required string Place { get; init; }

    /// <summary>What opens it.</summary>
    public required SecretReference Password { get; init; }

    /// <summary>What would open it in an emergency, from another key slot: drills use it. <see langword="null"/> for the same.</summary>
    public SecretReference? Emergency { get; init; }

    /// <summary>Who asks, where it lies in S3; <see langword="null"/> for the usual AWS_* environment and profile files.</summary>
    public S3Access? S3 { get; init; }

    /// <summary>The folder of its catalogue on this machine; <see langword="null"/> for the user's own.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>When unneeded data is removed.</summary>
    public required PrunePolicy Prune { get; init; }

    /// <summary>How much is read again, and when.</summary>
    public required CheckPolicy Check { get; init; }

    /// <summary>The copies, in the order of the file; their names differ.</summary>
    public IReadOnlyList<ReplicaPolicy> Replicas { get; init; } = [];
}
