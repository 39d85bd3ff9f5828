namespace Dedup.Policy.Reporting;

/// <summary>A time in which more would have been lost than the objective allows.</summary>
/// <param name="From">When the objective was passed.</param>
/// <param name="To">When the next backup was complete, or the end of the period.</param>
public sealed record RecoveryGap(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>How long it was.</summary>
    public TimeSpan Length => To - From;
}
