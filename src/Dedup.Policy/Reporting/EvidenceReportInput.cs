using Dedup.Evidence;

namespace Dedup.Policy.Reporting;

/// <summary>What a report is made of.</summary>
public sealed record EvidenceReportInput
{
    /// <summary>All records there are, by time: what is before the period tells how things stood when it began.</summary>
    public required IReadOnlyList<EvidenceRecord> Records { get; init; }

    /// <summary>What the verification of the evidence found.</summary>
    public required EvidenceVerification Verification { get; init; }

    /// <summary>The repository's id.</summary>
    public required string Repository { get; init; }

    /// <summary>Where it lies, or the export that was read.</summary>
    public required string Location { get; init; }

    /// <summary>The first moment of the period.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The moment after the period.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Now: a period that is not over is looked at until now.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>What is promised; <see langword="null"/> for what the last policy on record promises.</summary>
    public PolicyDetails? Objectives { get; init; }
}
