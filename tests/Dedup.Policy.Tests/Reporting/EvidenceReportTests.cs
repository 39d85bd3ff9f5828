using Dedup.Evidence;
using Dedup.Policy.Reporting;
using Xunit;

namespace Dedup.Policy.Tests.Reporting;

public sealed class EvidenceReportTests
{
    private static readonly SourceObjectives Daily = new() { Name = "files", RecoveryPoint = TimeSpan.FromHours(24), RecoveryTime = TimeSpan.FromHours(4) };

    [Fact]
    public void A_source_that_is_backed_up_in_time_has_no_gap_and_the_worst_loss_is_from_the_beginning_of_one_backup_to_the_end_of_the_next()
    {
        SourceRecovery source = new RecordMaker().Policy(0, Daily).Backup("files", 2, 2.5).Backup("files", 20, 21).Backup("files", 40, 40.5).Report(0, 48).Sources.Single();
        Assert.Equal((3, 0, 0), (source.Backups, source.Failed, source.WithProblems));
        Assert.Empty(source.Gaps);
        Assert.Equal(1.0, source.ShareWithinObjective);
        Assert.Equal(TimeSpan.FromHours(20.5), source.WorstLoss);
        Assert.Equal(RecordMaker.At(40), source.Last);
    }

    [Fact]
    public void A_missed_day_is_a_gap_from_when_the_objective_was_passed_until_the_next_backup_was_complete()
    {
        SourceRecovery source = new RecordMaker().Policy(0, Daily).Backup("files", 2, 3).Backup("files", 50, 51).Report(0, 60).Sources.Single();
        Assert.Equal([new RecoveryGap(RecordMaker.At(26), RecordMaker.At(51))], source.Gaps);
        Assert.Equal(TimeSpan.FromHours(49), source.WorstLoss);
        Assert.Equal(1 - (25.0 / 60), source.ShareWithinObjective!.Value, 6);
    }

    [Fact]
    public void A_gap_that_is_still_open_ends_with_the_period_and_one_from_before_begins_with_it()
    {
        SourceRecovery source = new RecordMaker().Policy(0, Daily).Backup("files", 2, 3).Report(100, 200, now: 150).Sources.Single();
        Assert.Equal([new RecoveryGap(RecordMaker.At(100), RecordMaker.At(150))], source.Gaps);
        Assert.Equal(0.0, source.ShareWithinObjective);
        Assert.Equal(0, source.Backups);
    }

    [Fact]
    public void A_source_that_was_never_backed_up_is_in_the_report_with_nothing_but_a_gap()
    {
        SourceRecovery source = new RecordMaker().Policy(0, Daily).Report(0, 30).Sources.Single();
        Assert.Null(source.WorstLoss);
        Assert.Null(source.Last);
        Assert.Equal([new RecoveryGap(RecordMaker.At(24), RecordMaker.At(30))], source.Gaps);
    }

    [Fact]
    public void A_failed_backup_is_no_recovery_point_and_an_incomplete_one_is()
    {
        SourceRecovery source = new RecordMaker().Policy(0, Daily)
            .Backup("files", 2, 3).Backup("files", 20, 21, EvidenceResult.Failure).Backup("files", 22, 23, EvidenceResult.Interrupted).Backup("files", 24, 25, EvidenceResult.Problems).Report(0, 26).Sources.Single();
        Assert.Equal((2, 1, 2), (source.Backups, source.WithProblems, source.Failed));
        Assert.Equal(TimeSpan.FromHours(23), source.WorstLoss);
    }

    [Fact]
    public void Nothing_is_held_against_a_time_before_the_policy()
    {
        SourceRecovery source = new RecordMaker().Backup("files", 0, 1).Policy(100, Daily).Backup("files", 101, 102).Report(0, 110).Sources.Single();
        Assert.Equal([new RecoveryGap(RecordMaker.At(100), RecordMaker.At(102))], source.Gaps);
        Assert.Equal(0.8, source.ShareWithinObjective!.Value, 6);
    }

    [Fact]
    public void What_no_policy_names_is_reported_without_an_objective()
    {
        EvidenceReport report = new RecordMaker().Policy(0, Daily).Backup("other", 1, 2).Report(0, 10);
        SourceRecovery other = report.Sources.Single(source => source.Name == "other");
        Assert.Null(other.ShareWithinObjective);
        Assert.Empty(other.Gaps);
    }

    [Fact]
    public void Drills_count_against_their_objective()
    {
        EvidenceReport report = new RecordMaker().Policy(0, Daily)
            .Add(RecordMaker.Drill(TimeSpan.FromHours(4)).ToEntry("files", EvidenceResult.Success, "ann"), 1)
            .Add(RecordMaker.Drill(TimeSpan.FromHours(4.1)).ToEntry("files", EvidenceResult.Success, "ann"), 2)
            .Add(RecordMaker.Drill(TimeSpan.FromHours(1)).ToEntry("files", EvidenceResult.Failure, "ann"), 3)
            .Report(0, 10);
        Assert.Equal([true, false, false], report.Drills.Select(drill => drill.IsWithinObjective));
        Assert.Equal(1, report.DrillsWithinObjective);
        Assert.Equal([EvidenceAction.Drill, EvidenceAction.Drill, EvidenceAction.Drill], report.Keys.Select(key => key.Action));
    }

    [Fact]
    public void Places_that_the_policy_wants_and_that_never_got_anything_are_shown()
    {
        EvidenceReport report = new RecordMaker().Policy(0, Daily).Backup("files", 1, 2).Report(0, 10);
        Assert.Equal([("main", false, true), ("off-site", true, false)], report.Copies.Select(place => (place.Name, place.IsReplica, place.Last is not null)));
    }

    [Fact]
    public void The_age_of_the_oldest_unread_byte_is_that_at_the_end_of_the_period()
    {
        ReadingState reading = RecordMaker.FullReport().Reading;
        Assert.Equal((1, 0, 7_000_000L, 0L, TimeSpan.FromHours(120), true), (reading.Checks, reading.ChecksWithDamage, reading.BytesRead, reading.PacksNeverRead!.Value, reading.OldestAge!.Value, reading.IsWithin!.Value));
    }

    [Fact]
    public void What_came_after_the_period_is_not_in_the_report_and_what_came_before_tells_how_it_began()
    {
        EvidenceReport report = new RecordMaker().Policy(0, Daily).Policy(5, Daily).Policy(50, Daily).Backup("files", 1, 2).Backup("files", 30, 31).Backup("files", 60, 61).Report(20, 40);
        Assert.Equal([RecordMaker.At(5)], report.Policies.Select(policy => policy.Since));
        Assert.Equal((1, TimeSpan.FromHours(30)), (report.Sources.Single().Backups, report.Sources.Single().WorstLoss!.Value));
    }

    [Fact]
    public void A_period_that_ends_before_it_begins_is_refused() => Assert.Throws<ArgumentException>(() => new RecordMaker().Report(10, 5));
}
