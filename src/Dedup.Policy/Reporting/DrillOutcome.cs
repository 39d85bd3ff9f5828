using Dedup.Evidence;

namespace Dedup.Policy.Reporting;

/// <summary>A restore that was tried out.</summary>
/// <param name="Time">When it ended.</param>
/// <param name="Source">The source.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Details">What was measured.</param>
/// <param name="Objective">How long it may take; <see langword="null"/> where there is no objective.</param>
public sealed record DrillOutcome(DateTimeOffset Time, string Source, EvidenceResult Result, DrillDetails Details, TimeSpan? Objective)
{
    /// <summary>Whether it succeeded, and in time where there is an objective.</summary>
    public bool IsWithinObjective =>
        Result == EvidenceResult.Success && (Objective is not { } objective || (Details.RecoveryTime is { } time && time <= objective));
}
