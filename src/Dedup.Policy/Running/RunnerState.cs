namespace Dedup.Policy.Running;

/// <summary>When a runner last looked at what is due: all else that is remembered is as old as that.</summary>
public sealed record RunnerState
{
    /// <summary>A run that began longer ago and has not ended is taken for killed.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(6);

    /// <summary>When the last run began; <see langword="null"/> when none ever did.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>When the last run ended that did.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Whether a run seems to be under way.</summary>
    /// <param name="now">The time.</param>
    public bool IsAtWork(DateTimeOffset now) => Began is { } began && !(Ended >= began) && now - began < LongestRun;
}
