using System.Text.Json.Serialization;
using Dedup.Cli.Output;
using Dedup.Policy.Drills;
using Dedup.Policy.Sources;

namespace Dedup.Cli.Json;

/// <summary>What a drill proved, or what it found.</summary>
/// <param name="Succeeded">Whether everything was proved, and the recovery time is within the objective where one was given.</param>
/// <param name="Proved">Whether everything that was restored is as the snapshot says, and all checks passed.</param>
/// <param name="Started">When it began.</param>
/// <param name="Repository">The place that was restored from.</param>
/// <param name="RepositoryId">The repository's id.</param>
/// <param name="KeyId">The key that opened it.</param>
/// <param name="KeyLabel">What that is called.</param>
/// <param name="SnapshotId">The snapshot.</param>
/// <param name="SnapshotTime">When it was made.</param>
/// <param name="Kind">What it is: files, sqlite, postgresql, postgresql-cluster or git.</param>
/// <param name="Seed">What the sample was drawn with; only of a sample.</param>
/// <param name="TotalFiles">Files and other entries of the snapshot.</param>
/// <param name="TotalBytes">Their bytes.</param>
/// <param name="FilesRestored">Those that were to be restored.</param>
/// <param name="BytesRestored">Their bytes.</param>
/// <param name="Phases">What each part took.</param>
/// <param name="Findings">Everything that was found, as on standard error.</param>
/// <param name="Notes">What checks told that is no finding.</param>
/// <param name="RecoveryMeasured">Seconds that opening, restoring and making ready took.</param>
/// <param name="RecoveryTime">Seconds that the same takes for the whole snapshot.</param>
/// <param name="RecoveryExplanation">How that was found.</param>
/// <param name="Objective">Seconds that are allowed.</param>
/// <param name="MeetsObjective">Whether the recovery time is within them.</param>
/// <param name="TotalDuration">Seconds that the drill took.</param>
internal sealed record DrillSummaryMessage(
    bool Succeeded, bool Proved, DateTimeOffset Started, string Repository, string? RepositoryId, string? KeyId, string? KeyLabel, string? SnapshotId,
    DateTimeOffset? SnapshotTime, string Kind, long? Seed, long TotalFiles, long TotalBytes, long FilesRestored, long BytesRestored,
    IReadOnlyList<DrillPhaseDetail> Phases, IReadOnlyList<DrillFindingDetail> Findings, IReadOnlyList<string> Notes,
    double? RecoveryMeasured, double? RecoveryTime, string? RecoveryExplanation, double? Objective, bool? MeetsObjective, double TotalDuration)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";

    public static DrillSummaryMessage From(DrillResult result) => new(
        result.Succeeded,
        result.IsProved,
        result.Started,
        result.Place,
        result.RepositoryId,
        result.KeySlot?.Id,
        result.KeySlot?.Label,
        result.Snapshot?.Id.ToString(),
        result.Snapshot?.Time,
        SourceKinds.NameOf(result.Kind),
        result.IsSample ? result.Seed : null,
        result.TotalFiles,
        result.TotalBytes,
        result.Files,
        result.Bytes,
        [.. result.Phases.Select(static phase => new DrillPhaseDetail(KindText.Of(phase.Kind), phase.Duration.TotalSeconds, phase.Files, phase.Bytes))],
        [.. result.Findings.Select(static finding => new DrillFindingDetail(
            KindText.Of(finding.Phase), finding.Subject, finding.Message, finding.Severity == ProblemSeverity.Error))],
        result.Notes,
        result.RecoveryTime?.Measured.TotalSeconds,
        result.RecoveryTime?.Whole.TotalSeconds,
        result.RecoveryTime?.Explanation,
        result.Objective?.TotalSeconds,
        result.MeetsObjective,
        result.Duration.TotalSeconds);
}
