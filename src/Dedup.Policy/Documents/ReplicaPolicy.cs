using Dedup.Policy.Scheduling;

namespace Dedup.Policy.Documents;

/// <summary>A copy of a repository in another store, object by object. It is brought up to date after every backup.</summary>
public sealed record ReplicaPolicy
{
    /// <summary>What the policy calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The absolute path of a folder, or a place in S3.</summary>
    public required string Place { get; init; }

    /// <summary>Who asks, where it lies in S3; <see langword="null"/> for the usual AWS_* environment and profile files.</summary>
    public S3Access? S3 { get; init; }

    /// <summary>When it is brought up to date besides; <see langword="null"/> for after backups only.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>Whether what the repository no longer has is deleted from it too.</summary>
    public bool MayDelete { get; init; }

    /// <summary>How far it may be behind before that is a failure; <see langword="null"/> for however far.</summary>
    public TimeSpan? LargestLag { get; init; }
}
