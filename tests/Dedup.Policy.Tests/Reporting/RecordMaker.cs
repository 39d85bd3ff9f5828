using System.Globalization;
using Dedup.Evidence;
using Dedup.Policy.Reporting;

namespace Dedup.Policy.Tests.Reporting;

/// <summary>Makes records as the engine, a policy's runs and drills leave them.</summary>
internal sealed class RecordMaker
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<EvidenceRecord> _records = [];

    public IReadOnlyList<EvidenceRecord> Records => [.. _records.OrderBy(record => record.Time)];

    /// <summary>So many hours after the beginning of 2026.</summary>
    public static DateTimeOffset At(double hours) => Epoch + TimeSpan.FromHours(hours);

    public static EvidenceVerification Intact(int records) =>
        new(new string('a', 64), records == 0 ? [] : [new EvidenceChainState(0, records, records, new string('b', 64), At(0), At(24))], []);

    /// <summary>A backup that began and was complete at these hours.</summary>
    public RecordMaker Backup(string source, double began, double ended, EvidenceResult result = EvidenceResult.Success) => Add(
        new EvidenceEntry
        {
            Action = EvidenceAction.Backup,
            Object = Id(_records.Count),
            Result = result,
            Details = new EvidenceDetails(
            [
                EvidenceField.OfText(EvidenceFields.Source, source), EvidenceField.OfTime(EvidenceFields.SnapshotTime, At(began)),
                EvidenceField.OfNumber(EvidenceFields.BytesStored, 1 << 20),
            ]),
        },
        ended);

    public RecordMaker Add(EvidenceEntry entry, double hours)
    {
        _records.Add(new EvidenceRecord
        {
            Chain = 0,
            Number = _records.Count + 1,
            PreviousHash = new string('0', 64),
            Hash = new string('c', 64),
            Operation = Id(_records.Count),
            Action = entry.Action,
            Object = entry.Object,
            Result = entry.Result,
            Time = At(hours),
            IsClockDoubtful = false,
            IsLate = false,
            Host = "server",
            Program = "dedup 0.1.0",
            Actor = "ann",
            Place = "/srv/backup",
            Details = entry.Details,
        });
        return this;
    }

    public RecordMaker Policy(double hours, params SourceObjectives[] sources) => Add(
        new PolicyDetails
        {
            Digest = new string('d', 64),
            Document = "repositories:\n  main: /srv/backup\n",
            ReadWithin = TimeSpan.FromDays(30),
            Sources = sources,
            Places = [new PolicyPlace("main", "/srv/backup", false), new PolicyPlace("off-site", "s3://backup/copy", true)],
        }.ToEntry("dedup.yaml", "ann"),
        hours);

    public EvidenceReport Report(double from, double to, double? now = null) => EvidenceReportBuilder.Build(new EvidenceReportInput
    {
        Records = Records,
        Verification = Intact(_records.Count),
        Repository = new string('e', 64),
        Location = "/srv/backup",
        From = At(from),
        To = At(to),
        Now = At(now ?? to),
    });

    /// <summary>A month in which everything happens that a report tells of, names that are no friendly ones included.</summary>
    public static EvidenceReport FullReport()
    {
        RecordMaker maker = new RecordMaker().Policy(
            1,
            new SourceObjectives { Name = "files", Kind = "paths", Schedule = "daily at 02:00", Retention = "30 daily + 12 monthly", RecoveryPoint = TimeSpan.FromHours(24), RecoveryTime = TimeSpan.FromHours(4), DrillEvery = TimeSpan.FromDays(30) },
            new SourceObjectives { Name = "<b>db</b> & \u202Ename", Kind = "sqlite", Schedule = "0 * * * *", RecoveryPoint = TimeSpan.FromHours(2) });
        for (int day = 0; day < 30; day++)
        {
            if (day is 10 or 11)
            {
                maker.Add(new EvidenceEntry { Action = EvidenceAction.Backup, Object = "/srv", Result = EvidenceResult.Failure, Details = new EvidenceDetails([EvidenceField.OfText(EvidenceFields.Source, "files")]) }, (24 * day) + 2);
                continue;
            }

            maker.Backup("files", (24 * day) + 2, (24 * day) + 2.5);
        }

        maker.Backup("<b>db</b> & \u202Ename", 2, 2.1).Backup("other", 5, 6, EvidenceResult.Problems);
        maker.Add(new EvidenceEntry { Action = EvidenceAction.Replicate, Object = "s3://backup/copy", Details = new EvidenceDetails([EvidenceField.OfNumber(EvidenceFields.SnapshotsBehind, 0), EvidenceField.OfNumber(EvidenceFields.BytesCopied, 5_000_000)]) }, 700);
        maker.Add(new EvidenceEntry { Action = EvidenceAction.Check, Object = "data", Details = new EvidenceDetails([EvidenceField.OfNumber(EvidenceFields.BytesRead, 7_000_000), EvidenceField.OfNumber(EvidenceFields.PacksNeverRead, 0), EvidenceField.OfTime(EvidenceFields.OldestRead, At(600))]) }, 701);
        maker.Add(new EvidenceEntry { Action = EvidenceAction.Forget, Object = Id(1), Details = new EvidenceDetails([EvidenceField.OfText(EvidenceFields.Reason, "=cmd|' /C calc'!A0")]) }, 702);
        maker.Add(new EvidenceEntry { Action = EvidenceAction.Prune, Details = new EvidenceDetails([EvidenceField.OfNumber(EvidenceFields.BytesFreed, 123_456_789)]) }, 703);
        maker.Add(new EvidenceEntry { Action = EvidenceAction.KeyAdd, Object = new string('f', 64), Details = new EvidenceDetails([EvidenceField.OfText(EvidenceFields.Label, "safe")]) }, 704);
        maker.Add(Drill(TimeSpan.FromHours(3)).ToEntry("files", EvidenceResult.Success, "ann"), 705);
        maker.Add((Drill(TimeSpan.FromHours(5)) with { Checks = [new DrillCheck("sqlite integrity_check", false, "row 3 is missing")], Problems = ["a file differs"] }).ToEntry("files", EvidenceResult.Failure, "ann"), 706);
        EvidenceReport report = maker.Report(0, 720);
        return report with
        {
            Verification = report.Verification with
            {
                Findings = [new EvidenceFinding(EvidenceFindingKind.Unrecorded, "snapshots/00", "snapshot 00 of 2026-01-03 on server is not on record")],
            },
        };
    }

    public static DrillDetails Drill(TimeSpan recovery) => new()
    {
        Place = "s3://backup/copy",
        KeySlot = "safe",
        Files = 10,
        Bytes = 1000,
        TotalFiles = 10,
        TotalBytes = 1000,
        RecoveryTime = recovery,
        Checks = [new DrillCheck("hashes", true, "")],
    };

    private static string Id(int number) => number.ToString("x32", CultureInfo.InvariantCulture);
}
