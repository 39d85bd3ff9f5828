using Dedup.Evidence;

namespace Dedup.Policy.Reporting;

/// <summary>What the evidence of a repository says about a period. Made by <see cref="EvidenceReportBuilder"/>.</summary>
public sealed record EvidenceReport
{
    /// <summary>The repository's id.</summary>
    public required string Repository { get; init; }

    /// <summary>Where it lies, or the export that was read.</summary>
    public required string Location { get; init; }

    /// <summary>The first moment of the period.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the period, or the moment the report was made if that comes first.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>Policies in force in the period, oldest first.</summary>
    public required IReadOnlyList<PolicyInForce> Policies { get; init; }

    /// <summary>The recovery points that were reached, source by source.</summary>
    public required IReadOnlyList<SourceRecovery> Sources { get; init; }

    /// <summary>Restores that were tried out, oldest first.</summary>
    public required IReadOnlyList<DrillOutcome> Drills { get; init; }

    /// <summary>Where copies lie.</summary>
    public required IReadOnlyList<CopyPlace> Copies { get; init; }

    /// <summary>What was read back.</summary>
    public required ReadingState Reading { get; init; }

    /// <summary>Snapshots that were forgotten, oldest deed first.</summary>
    public required IReadOnlyList<ForgottenEntry> Forgotten { get; init; }

    /// <summary>How many bytes prunes freed.</summary>
    public required long BytesFreed { get; init; }

    /// <summary>Key slots made, removed and tried, oldest first.</summary>
    public required IReadOnlyList<KeyEvent> Keys { get; init; }

    /// <summary>How many records of the period there are, by what was done and how it ended.</summary>
    public required IReadOnlyList<ActionCount> Actions { get; init; }

    /// <summary>Whether the evidence itself is intact.</summary>
    public required EvidenceVerification Verification { get; init; }

    /// <summary>Drills that succeeded within the objective.</summary>
    public int DrillsWithinObjective => Drills.Count(static drill => drill.IsWithinObjective);

    /// <summary>Records of the period whose clock was doubtful.</summary>
    public required int DoubtfulTimes { get; init; }

    /// <summary>Records of the period that were written later than the deed was done.</summary>
    public required int LateRecords { get; init; }
}
