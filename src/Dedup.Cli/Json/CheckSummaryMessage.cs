using System.Text.Json.Serialization;
using Dedup.Maintenance;

namespace Dedup.Cli.Json;

/// <summary>The end of a check; packs that no index lists are no errors.</summary>
internal sealed record CheckSummaryMessage(
    long NumErrors, long UnlistedPacks, long SnapshotsChecked, long PacksChecked, long BlobsChecked, long PacksRead, long BytesRead, int? Seed,
    double? PeriodDays, long UnverifiedPacks, long UnverifiedBytes, long NeverVerifiedPacks, DateTimeOffset? OldestVerification,
    double? OldestVerificationAgeDays)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";

    public static CheckSummaryMessage From(CheckReport report, int? seed) => new(
        report.Findings.LongCount(finding => finding.IsDamage),
        report.Findings.LongCount(finding => finding.Kind == FindingKind.UnlistedPack),
        report.Snapshots, report.Packs, report.Blobs, report.PacksRead, report.BytesRead, seed,
        report.Verification.Period?.TotalDays,
        report.Verification.UnverifiedPacks,
        report.Verification.UnverifiedBytes,
        report.Verification.NeverVerifiedPacks,
        report.Verification.OldestVerification,
        report.Verification.OldestAge?.TotalDays);
}
