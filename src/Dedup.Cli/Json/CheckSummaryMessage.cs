using System.Text.Json.Serialization;
using Dedup.Maintenance;

namespace Dedup.Cli.Json;

/// <summary>The end of a check; packs that no index lists are no errors.</summary>
/// <param name="NumErrors">What is damaged or missing.</param>
/// <param name="UnlistedPacks">Packs that no index segment lists.</param>
/// <param name="SnapshotsChecked">Snapshots whose every directory was looked at.</param>
/// <param name="PacksChecked">Packs that were looked for.</param>
/// <param name="BlobsChecked">Blobs that the index lists.</param>
/// <param name="PacksRead">Packs that were read whole.</param>
/// <param name="BytesRead">Bytes that were read.</param>
/// <param name="Seed">What chance decided by; left out where it decided nothing.</param>
/// <param name="PeriodDays">For how many days a reading counts; left out where it always does.</param>
/// <param name="UnverifiedPacks">Packs that were not read and found whole for so long.</param>
/// <param name="UnverifiedBytes">Their lengths.</param>
/// <param name="NeverVerifiedPacks">Packs that never were.</param>
/// <param name="OldestVerification">When the pack was read that was not read for the longest.</param>
/// <param name="OldestVerificationAgeDays">How many days ago that was.</param>
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
