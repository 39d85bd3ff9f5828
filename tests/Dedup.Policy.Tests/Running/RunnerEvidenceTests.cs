using Dedup.Evidence;
using Dedup.Policy.Running;
using Dedup.Storage;
using Xunit;

namespace Dedup.Policy.Tests.Running;

/// <summary>Restores are tried out when they are due, and what a policy does goes on record.</summary>
public sealed class RunnerEvidenceTests
{
    private const string Quiet = "    prune: {schedule: never}\n    check: {schedule: never}\n";

    private const string WithReplica = Quiet + "    replicas: {copy: {place: /mnt/copy}}\n";

    private const string Drilled = "sources:\n  documents:\n    paths: /srv/documents\n    schedule: daily at 02:00\n    objectives: {rpo: 28h, rto: 4h}\n    drill: {schedule: monthly on 1 at 03:00}\n";

    private static string DrilledFrom(string replica) => Drilled.Replace("03:00}", $"03:00, from: {replica}}}", StringComparison.Ordinal);

    [Fact]
    public async Task A_restore_is_tried_out_when_that_is_due_and_goes_on_record()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(Drilled, Quiet);
        Assert.Equal([StepKind.Backup, StepKind.Drill], Kinds(await trial.RunAsync("2026-01-05T02:00+01:00")));
        Assert.Equal([StepKind.Backup], Kinds(await trial.RunAsync("2026-01-31T02:00+01:00")));
        Assert.Equal([StepKind.Backup], Kinds(await trial.RunAsync("2026-02-01T02:00+01:00")));
        RunStep step = Assert.Single((await trial.RunAsync("2026-02-01T03:00+01:00")).Steps);
        Assert.Equal((StepKind.Drill, StepOutcome.Done), (step.Kind, step.Outcome));
        Assert.StartsWith("2 files restored from ", step.Message, StringComparison.Ordinal);
        EvidenceRecord[] records = await trial.RecordsAsync(EvidenceAction.Drill);
        Assert.Equal([EvidenceResult.Success, EvidenceResult.Success], records.Select(static record => record.Result));
        DrillDetails details = DrillDetails.TryRead(records[1])!;
        Assert.Equal(("documents", 2L, 2L, TimeSpan.FromHours(4)), (records[1].Object, details.Files, details.TotalFiles, details.Objective));
        Assert.Equal(trial.States.ReadSource("documents").Snapshot, details.Snapshot.ToString());
        Assert.NotNull(details.RecoveryTime);
        Assert.All(details.Checks, static check => Assert.True(check.HasPassed));
        SourceStatus status = PolicyStatus.Read(trial.Policy, trial.States, trial.Time.Now).Sources[0];
        Assert.True(status.IsWell);
        Assert.Equal((RunnerTrial.Parse("2026-02-01T03:00+01:00"), details.RecoveryTime), (status.State.Drilled!.Value, status.State.Recovery));
    }

    [Fact]
    public async Task A_drill_from_a_replica_needs_nothing_of_the_repository()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(DrilledFrom("copy"), WithReplica);
        RunReport report = await trial.RunAsync("2026-01-05T02:00+01:00");
        Assert.Equal(StepOutcome.Done, report.Steps.Single(static step => step.Kind == StepKind.Drill).Outcome);
        await DeletePacksAsync(trial.Store);
        RunStep step = (await trial.RunAsync("2026-02-01T03:00+01:00")).Steps.Single(static step => step.Kind == StepKind.Drill);
        Assert.Equal(StepOutcome.Done, step.Outcome);
        Assert.Equal(RunnerTrial.ReplicaPlace, DrillDetails.TryRead((await trial.RecordsAsync(EvidenceAction.Drill))[^1])!.Place);
    }

    [Fact]
    public async Task A_drill_that_fails_is_told_in_the_run_the_status_and_the_record()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(DrilledFrom("copy"), WithReplica);
        await trial.RunAsync("2026-01-05T02:00+01:00");
        await DeletePacksAsync(trial.Replica);
        trial.OpeningReplica = static () => throw new IOException("the line is cut");
        RunReport report = await trial.RunAsync("2026-02-01T03:00+01:00");
        Assert.Equal(StepOutcome.Failed, report.Steps.Single(static step => step.Kind == StepKind.Drill).Outcome);
        SourceStatus status = PolicyStatus.Read(trial.Policy, trial.States, trial.Time.Now).Sources[0];
        Assert.False(status.IsWell);
        Assert.NotEmpty(status.State.DrillFailure!);
        EvidenceRecord record = (await trial.RecordsAsync(EvidenceAction.Drill))[^1];
        Assert.Equal(EvidenceResult.Failure, record.Result);
        Assert.NotEmpty(DrillDetails.TryRead(record)!.Problems);
    }

    [Fact]
    public async Task A_drill_that_was_cut_off_is_done_again()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(DrilledFrom("copy"), WithReplica);
        await trial.RunAsync("2026-01-05T02:00+01:00");
        using CancellationTokenSource stop = new();
        trial.Time.Now = RunnerTrial.Parse("2026-02-01T03:00+01:00");
        trial.OpeningDrill = stop.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trial.Runner().RunDueAsync([], stop.Token));
        trial.OpeningDrill = static () => { };
        Assert.Equal(StepOutcome.Done, (await trial.RunAsync("2026-02-01T03:01+01:00")).Steps.Single(static step => step.Kind == StepKind.Drill).Outcome);
        Assert.Equal(2, (await trial.RecordsAsync(EvidenceAction.Drill)).Length);
    }

    [Fact]
    public async Task A_policy_goes_on_record_once_and_again_when_it_is_another()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(Drilled, WithReplica);
        await trial.RunAsync("2026-01-05T02:00+01:00");
        await trial.RunAsync("2026-01-06T02:00+01:00");
        PolicyDetails details = PolicyDetails.TryRead(Assert.Single(await trial.RecordsAsync(EvidenceAction.Policy)))!;
        Assert.Equal((trial.Policy.Digest, trial.Policy.Document), (details.Digest, details.Document));
        SourceObjectives objectives = Assert.Single(details.Sources);
        Assert.Equal(("documents", "paths", TimeSpan.FromHours(28), TimeSpan.FromHours(4)), (objectives.Name, objectives.Kind, objectives.RecoveryPoint, objectives.RecoveryTime));
        Assert.InRange(objectives.DrillEvery!.Value, TimeSpan.FromDays(31), TimeSpan.FromDays(31.1));
        Assert.Equal([false, true], details.Places.Select(static place => place.IsReplica));

        trial.Policy = PolicyFiles.Read(trial.Policy.Document.Replace("28h", "26h", StringComparison.Ordinal));
        await trial.RunAsync("2026-01-07T02:00+01:00");
        Assert.Equal(2, (await trial.RecordsAsync(EvidenceAction.Policy)).Length);
    }

    [Fact]
    public async Task Each_replication_goes_on_record_also_one_that_fails()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(Drilled, WithReplica);
        await trial.RunAsync("2026-01-05T02:00+01:00");
        trial.OpeningReplica = static () => throw new StoreException("the line is cut");
        await trial.RunAsync("2026-01-06T02:00+01:00");
        EvidenceRecord[] records = await trial.RecordsAsync(EvidenceAction.Replicate);
        Assert.Equal([EvidenceResult.Success, EvidenceResult.Failure], records.Select(static record => record.Result));
        Assert.All(records, static record => Assert.Equal(RunnerTrial.ReplicaPlace, record.Object));
        Assert.Equal("the line is cut", records[1].Details.FindText(EvidenceFields.Reason));
    }

    [Fact]
    public async Task Each_backup_and_what_is_forgotten_goes_on_record_with_the_name_of_the_source()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(Drilled.Replace("    objectives", "    retention: 1 last\n    objectives", StringComparison.Ordinal), Quiet);
        await trial.RunAsync("2026-01-05T02:00+01:00");
        await trial.RunAsync("2026-01-06T02:00+01:00");
        EvidenceRecord[] backups = await trial.RecordsAsync(EvidenceAction.Backup);
        Assert.Equal(["documents", "documents"], backups.Select(static record => record.Details.FindText(EvidenceFields.Source)));
        Assert.Equal(backups[0].Object, Assert.Single(await trial.RecordsAsync(EvidenceAction.Forget)).Object);
    }

    private static StepKind[] Kinds(RunReport report) => [.. report.Steps.Select(static step => step.Kind)];

    private static async Task DeletePacksAsync(MemoryStore store)
    {
        await foreach (ObjectInfo info in store.ListAsync("packs", CancellationToken.None))
        {
            await store.DeleteAsync(info.Name, CancellationToken.None);
        }
    }
}
