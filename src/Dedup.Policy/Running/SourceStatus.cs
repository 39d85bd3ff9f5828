namespace Dedup.Policy.Running;

/// <summary>How a source stands.</summary>
public sealed record SourceStatus
{
    /// <summary>The source.</summary>
    public required string Name { get; init; }

    /// <summary>Its repository.</summary>
    public required string Repository { get; init; }

    /// <summary>What is remembered of it.</summary>
    public required SourceState State { get; init; }

    /// <summary>How old the data of the last good backup is; <see langword="null"/> when there is none.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>How old it may be.</summary>
    public TimeSpan? LargestLoss { get; init; }

    /// <summary>Whether it is older than it may be, or there is none.</summary>
    public bool IsLossTooLarge => LargestLoss is { } largest && !(Age <= largest);

    /// <summary>How long a recovery may take.</summary>
    public TimeSpan? LongestRecovery { get; init; }

    /// <summary>Since when a backup is due that nobody runs; <see langword="null"/> when none is, or not for long.</summary>
    public DateTimeOffset? LateSince { get; init; }

    /// <summary>The next runs.</summary>
    public required IReadOnlyList<DateTimeOffset> Next { get; init; }

    /// <summary>Whether nothing needs a look.</summary>
    public bool IsWell => LateSince is null && !IsLossTooLarge && State.Failure is null && State.DrillFailure is null;
}
