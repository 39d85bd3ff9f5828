using Dedup.Backup;
using Dedup.Copying;
using Dedup.Evidence;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Recording;
using Dedup.Repairing;
using Dedup.Replication;
using Dedup.Snapshots;

namespace Dedup;

/// <summary>What the reports of operations say in a record.</summary>
internal static class RecordedOutcome
{
    /// <summary>What is known of a backup before it begins.</summary>
    public static EvidenceDetails Before(IReadOnlyList<string> paths, BackupOptions options) => new EvidenceDetailsBuilder()
        .Text(EvidenceFields.Source, options.SourceName).Text(EvidenceFields.Host, options.Host).Texts(EvidenceFields.Path, paths).Texts(EvidenceFields.Tag, options.Tags)
        .Build();

    /// <summary>What is known of a forget before it is done.</summary>
    public static EvidenceDetails Before(string rule) => new EvidenceDetailsBuilder().Text(EvidenceFields.Reason, rule).Build();

    public static EvidenceOutcome Of(BackupResult result, BackupOptions options)
    {
        Snapshot snapshot = result.Snapshot;
        return new EvidenceOutcome(
            result.IsComplete ? EvidenceResult.Success : EvidenceResult.Problems,
            DetailsOf(snapshot, options.SourceName)
                .Text(EvidenceFields.Snapshot, result.IsCommitted ? snapshot.Id.ToString() : null)
                .Time(EvidenceFields.SnapshotTime, snapshot.Time)
                .Duration(EvidenceFields.Duration, snapshot.Duration)
                .Number(EvidenceFields.Files, snapshot.Statistics.TotalFiles)
                .Number(EvidenceFields.Bytes, snapshot.Statistics.TotalBytes)
                .Number(EvidenceFields.BytesRead, snapshot.Statistics.BytesRead)
                .Number(EvidenceFields.BytesStored, snapshot.Statistics.DataAddedPacked)
                .Problems([.. result.Problems.Select(static problem => $"{problem.Path}: {problem.Reason}")])
                .Text(EvidenceFields.Reason, result.Alert is null ? result.IsCommitted ? null : "nothing had changed" : "most of the data suddenly changed and looks random")
                .Build())
        {
            Object = result.IsCommitted ? snapshot.Id.ToString() : string.Join(' ', snapshot.Paths),
        };
    }

    public static EvidenceOutcome Of(ForgottenSnapshot forgotten) => new(
        EvidenceResult.Success,
        new EvidenceDetailsBuilder()
            .Text(EvidenceFields.Snapshot, forgotten.Id.ToString()).Time(EvidenceFields.SnapshotTime, forgotten.Time)
            .Text(EvidenceFields.Host, forgotten.Host).Texts(EvidenceFields.Path, forgotten.Paths).Texts(EvidenceFields.Tag, forgotten.Tags)
            .Text(EvidenceFields.Reason, forgotten.Rule)
            .Build());

    public static EvidenceOutcome Of(Snapshot tagged, SnapshotId old) => new(
        EvidenceResult.Success,
        DetailsOf(tagged, null).Text(EvidenceFields.Snapshot, tagged.Id.ToString()).Time(EvidenceFields.SnapshotTime, tagged.Time)
            .Text(EvidenceFields.Reason, $"tags of {old} changed").Build())
    {
        Object = tagged.Id.ToString(),
    };

    public static EvidenceOutcome Of(PruneReport report) => new(
        report.SessionsAwaited.Count == 0 ? EvidenceResult.Success : EvidenceResult.Problems,
        new EvidenceDetailsBuilder()
            .Number(EvidenceFields.Snapshots, report.Snapshots).Number(EvidenceFields.Packs, report.Packs).Number(EvidenceFields.Bytes, report.Bytes)
            .Number(EvidenceFields.PacksDeleted, report.PacksDeleted).Number(EvidenceFields.BytesFreed, report.BytesFreed)
            .Problems(
            [
                .. report.SessionsEnded.Select(static session => $"backup {session} was ended"),
                .. report.SessionsAwaited.Select(static session => $"backup {session} is still under way: the next prune deletes"),
            ])
            .Build());

    public static EvidenceOutcome Of(CheckReport report) => new(
        report.IsClean ? EvidenceResult.Success : EvidenceResult.Problems,
        new EvidenceDetailsBuilder()
            .Number(EvidenceFields.Snapshots, report.Snapshots).Number(EvidenceFields.Packs, report.Packs)
            .Number(EvidenceFields.PacksRead, report.PacksRead).Number(EvidenceFields.BytesRead, report.BytesRead)
            .Number(EvidenceFields.PacksNeverRead, report.Verification.NeverVerifiedPacks).Time(EvidenceFields.OldestRead, report.Verification.OldestVerification)
            .Problems([.. report.Findings.Where(static finding => finding.IsDamage).Select(static finding => finding.Message)])
            .Build());

    public static EvidenceOutcome Of(ReplicationReport report, TimeSpan duration) => new(
        report.IsClean ? EvidenceResult.Success : EvidenceResult.Problems,
        new EvidenceDetailsBuilder()
            .Duration(EvidenceFields.Duration, duration)
            .Number(EvidenceFields.ObjectsCopied, report.ObjectsCopied).Number(EvidenceFields.BytesCopied, report.BytesCopied)
            .Number(EvidenceFields.Snapshots, report.SnapshotsCopied).Number(EvidenceFields.SnapshotsBehind, report.SnapshotsBehind)
            .Problems([.. report.Problems.Select(static problem => problem.Message)])
            .Build());

    public static EvidenceOutcome Of(CopyReport report, Func<CopiedSnapshot, string> snapshotOf, string reason) => new(
        report.Problems.Count == 0 ? EvidenceResult.Success : EvidenceResult.Problems,
        new EvidenceDetailsBuilder()
            .Text(EvidenceFields.Reason, reason)
            .Number(EvidenceFields.Snapshots, report.Snapshots.Count(static copy => !copy.WasThere)).Number(EvidenceFields.BytesRead, report.BytesRead)
            .Number(EvidenceFields.BytesStored, report.BytesStored)
            .Problems([.. report.Problems.Select(static problem => $"{problem.Snapshot}: {problem.Message}")])
            .Build().With(SnapshotFields(report.Snapshots.Where(static copy => !copy.WasThere).Select(snapshotOf))));

    public static EvidenceOutcome Of(LockReport report) => new(
        report.Problems.Count == 0 ? EvidenceResult.Success : EvidenceResult.Problems,
        new EvidenceDetailsBuilder()
            .Number(EvidenceFields.Snapshots, report.Snapshots).Number(EvidenceFields.Packs, report.Packs)
            .Time("locked-until", report.LockedUntil).Problems([.. report.Problems]).Build());

    public static EvidenceOutcome Of(IndexRepairReport report) => Repaired(report.IsWhole, report.Problems, builder => builder.Number(EvidenceFields.Packs, report.PacksListed));

    public static EvidenceOutcome Of(PackRepairReport report) => Repaired(
        report.IsComplete, report.Problems, builder => builder.Number(EvidenceFields.PacksRead, report.PacksRead).Number(EvidenceFields.BytesRead, report.BytesRead));

    public static EvidenceOutcome Of(SnapshotRepairReport report)
    {
        EvidenceOutcome outcome = Repaired(report.IsComplete, report.Problems, builder => builder.Number(EvidenceFields.Snapshots, report.Repaired.Count));
        return outcome with
        {
            Details = outcome.Details.With(SnapshotFields(report.Repaired.Where(static pair => pair.Replacement is not null).Select(static pair => $"{pair.Replacement}"))),
        };
    }

    public static EvidenceOutcome Of(PruneRecordRepairReport report) => Repaired(report.IsComplete, report.Problems, static builder => builder);

    public static EvidenceOutcome OfKey(string id, string label) => new(EvidenceResult.Success, new EvidenceDetailsBuilder().Text(EvidenceFields.Label, label).Build()) { Object = id };

    public static EvidenceOutcome OfRemoval(string id, bool isDone) => new(isDone ? EvidenceResult.Success : EvidenceResult.Failure, EvidenceDetails.None) { Object = id };

    private static EvidenceOutcome Repaired(bool isComplete, IReadOnlyList<RepairProblem> problems, Func<EvidenceDetailsBuilder, EvidenceDetailsBuilder> more) => new(
        isComplete ? EvidenceResult.Success : EvidenceResult.Problems,
        more(new EvidenceDetailsBuilder()).Problems([.. problems.Select(static problem => problem.Message)]).Build());

    private static EvidenceDetailsBuilder DetailsOf(Snapshot snapshot, string? source) => new EvidenceDetailsBuilder()
        .Text(EvidenceFields.Source, source).Text(EvidenceFields.Host, snapshot.Host).Texts(EvidenceFields.Path, snapshot.Paths).Texts(EvidenceFields.Tag, snapshot.Tags);

    /// <summary>All of them, as far as a record has room: it tells which snapshots there is a record of.</summary>
    private static IEnumerable<EvidenceField> SnapshotFields(IEnumerable<string> snapshots) =>
        snapshots.Take(EvidenceDetails.MaxFields / 2).Select(static id => EvidenceField.OfText(EvidenceFields.Snapshot, id));
}
