namespace Dedup.Policy.Running;

/// <summary>How a replica stands.</summary>
public sealed record ReplicaStatus
{
    /// <summary>The replica.</summary>
    public required string Name { get; init; }

    /// <summary>What is remembered of it.</summary>
    public required ReplicaState State { get; init; }

    /// <summary>How long ago it was what the repository was, while there are backups since; zero when there are none, and <see langword="null"/> when it never was.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>How large that may be.</summary>
    public TimeSpan? LargestLag { get; init; }

    /// <summary>Whether it is further behind than it may be.</summary>
    public bool IsTooFarBehind => LargestLag is { } largest && !(Lag <= largest);

    /// <summary>Whether nothing needs a look.</summary>
    public bool IsWell => State.Failure is null && !IsTooFarBehind;
}
