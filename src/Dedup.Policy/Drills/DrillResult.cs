using Dedup.Policy.Sources;
using Dedup.Snapshots;

namespace Dedup.Policy.Drills;

/// <summary>What a drill proved, or what it found instead.</summary>
public sealed record DrillResult
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took, with everything.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The place that was restored from, as the options call it, or its location; empty when it could not be opened and has no name.</summary>
    public required string Place { get; init; }

    /// <summary>The repository's id; <see langword="null"/> when it could not be opened.</summary>
    public string? RepositoryId { get; init; }

    /// <summary>The key slot that opened it; <see langword="null"/> when none did.</summary>
    public KeySlotInfo? KeySlot { get; init; }

    /// <summary>The snapshot; <see langword="null"/> when it was not found.</summary>
    public Snapshot? Snapshot { get; init; }

    /// <summary>What the snapshot is.</summary>
    public SourceKind Kind { get; init; }

    /// <summary>Whether only a sample was restored.</summary>
    public bool IsSample { get; init; }

    /// <summary>What the sample was drawn from.</summary>
    public long Seed { get; init; }

    /// <summary>How many files the snapshot has, and their bytes.</summary>
    public long TotalFiles { get; init; }

    /// <inheritdoc cref="TotalFiles"/>
    public long TotalBytes { get; init; }

    /// <summary>How many files were to be restored, and their bytes.</summary>
    public long Files { get; init; }

    /// <inheritdoc cref="Files"/>
    public long Bytes { get; init; }

    /// <summary>What each part took.</summary>
    public required IReadOnlyList<DrillPhase> Phases { get; init; }

    /// <summary>Everything that was found.</summary>
    public required IReadOnlyList<DrillFinding> Findings { get; init; }

    /// <summary>What checks told that is no finding, such as how many rows tables have.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>How long a recovery took, or would take; <see langword="null"/> when the drill failed.</summary>
    public RecoveryTime? RecoveryTime { get; init; }

    /// <summary>The recovery time that is allowed; <see langword="null"/> when none is set.</summary>
    public TimeSpan? Objective { get; init; }

    /// <summary>Whether everything that was restored is as the snapshot says and all checks passed.</summary>
    public bool IsProved => Findings.All(static finding => finding.Severity == ProblemSeverity.Warning);

    /// <summary>Whether the recovery time is within the objective; <see langword="null"/> when there is none, or no recovery.</summary>
    public bool? MeetsObjective => RecoveryTime is { } time && Objective is { } objective ? time.Whole <= objective : null;

    /// <summary>Whether the drill is a success: proved, and within the objective when there is one.</summary>
    public bool Succeeded => IsProved && MeetsObjective != false;
}
