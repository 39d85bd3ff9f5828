using Dedup.Evidence;

namespace Dedup.Policy.Reporting;

/// <summary>The recovery points of one source.</summary>
public sealed record SourceRecovery
{
    /// <summary>The source's name; of one that no policy names, its machine and paths.</summary>
    public required string Name { get; init; }

    /// <summary>What the policy promises; <see langword="null"/> when none names the source.</summary>
    public required SourceObjectives? Objectives { get; init; }

    /// <summary>Backups in the period that left a recovery point.</summary>
    public required int Backups { get; init; }

    /// <summary>How many of these lack something that could not be read.</summary>
    public required int WithProblems { get; init; }

    /// <summary>Backups in the period that left none.</summary>
    public required int Failed { get; init; }

    /// <summary>The state that the last recovery point holds; <see langword="null"/> when there is none.</summary>
    public required DateTimeOffset? Last { get; init; }

    /// <summary>The most that would have been lost at any moment of the period; <see langword="null"/> when there is no recovery point at all.</summary>
    public required TimeSpan? WorstLoss { get; init; }

    /// <summary>The part of the period, 0 to 1, in which no more would have been lost than the objective allows; <see langword="null"/> without an objective.</summary>
    public required double? ShareWithinObjective { get; init; }

    /// <summary>When it was more than that.</summary>
    public required IReadOnlyList<RecoveryGap> Gaps { get; init; }
}
