namespace Dedup.Policy.Running;

/// <summary>What is remembered of a source.</summary>
public sealed record SourceState
{
    /// <summary>The time for which the last run was scheduled that was begun or skipped.</summary>
    public DateTimeOffset? Scheduled { get; init; }

    /// <summary>The time of the snapshot that a run under way makes; <see langword="null"/> when none is. One that is left by a killed process is gone on with.</summary>
    public DateTimeOffset? Running { get; init; }

    /// <summary>When the last good backup began, whose data is that old.</summary>
    public DateTimeOffset? LastGood { get; init; }

    /// <summary>Its snapshot.</summary>
    public string? Snapshot { get; init; }

    /// <summary>When the last backup failed, if none was good since.</summary>
    public DateTimeOffset? Failed { get; init; }

    /// <summary>Why.</summary>
    public string? Failure { get; init; }

    /// <summary>How often in a row it failed.</summary>
    public int Failures { get; init; }

    /// <summary>When a failed run is tried again, before the next is due.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The time for which the last drill was scheduled that ended or was skipped.</summary>
    public DateTimeOffset? DrillScheduled { get; init; }

    /// <summary>When the last drill began.</summary>
    public DateTimeOffset? Drilled { get; init; }

    /// <summary>What it found, if it was no success.</summary>
    public string? DrillFailure { get; init; }

    /// <summary>How long a whole recovery takes, by the last drill that could tell.</summary>
    public TimeSpan? Recovery { get; init; }

    /// <summary>How many runs were missed since the source is known.</summary>
    public long Missed { get; init; }
}
