using System.Globalization;
using Dedup.Policy.Running;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Policy.Tests.Running;

public sealed class PolicyRunnerTests
{
    private const string Daily = "sources:\n  documents: {paths: /srv/documents, schedule: daily at 02:00, retention: 30 daily, tags: kept}\n";

    private const string Quiet = "    prune: {schedule: never}\n    check: {schedule: never}\n";

    private const string Two = "sources:\n  first: {paths: /srv/first, schedule: daily at 02:00}\n  second: {paths: /srv/second, schedule: daily at 02:00}\n";

    [Fact]
    public async Task What_is_due_runs_once()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(Daily, Quiet);
        Assert.True((await trial.RunAsync("2026-01-05T02:00+01:00")).IsClean);
        Assert.Empty((await trial.RunAsync("2026-01-05T02:00+01:00")).Steps);
        Assert.Empty((await trial.RunAsync("2026-01-06T01:59:59+01:00")).Steps);
        Assert.Equal([StepKind.Backup, StepKind.Forget], (await trial.RunAsync("2026-01-06T02:00:30+01:00")).Steps.Select(static step => step.Kind));
        Snapshot snapshot = (await trial.SnapshotsAsync())[^1];
        Assert.Equal((RunnerTrial.Parse("2026-01-06T02:00:30+01:00"), TimeSpan.FromHours(1)), (snapshot.Time, snapshot.Time.Offset));
        Assert.Equal((trial.Policy.Host, "kept source:documents"), (snapshot.Host, string.Join(' ', snapshot.Tags.Order(StringComparer.Ordinal))));
    }

    [Fact]
    public async Task Missed_runs_are_made_up_for_by_one_and_counted()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(Daily, Quiet);
        await trial.RunAsync("2026-01-05T02:00+01:00");
        RunReport report = await trial.RunAsync("2026-01-09T11:00+01:00");
        Assert.Equal(3, report.Missed["documents"]);
        Assert.Equal(2, (await trial.SnapshotsAsync()).Count);
        Assert.Equal(3, trial.States.ReadSource("documents").Missed);
    }

    [Fact]
    public async Task A_late_run_that_is_not_made_up_for_is_counted_and_not_run()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync("sources:\n  documents: {paths: /srv/documents, schedule: {at: daily at 02:00, catch-up: false}}\n", Quiet);
        await trial.RunAsync("2026-01-05T02:00+01:00");
        RunReport report = await trial.RunAsync("2026-01-09T11:00+01:00");
        Assert.Equal((4, 0), (report.Missed["documents"], report.Steps.Count));
        Assert.Empty((await trial.RunAsync("2026-01-09T11:01+01:00")).Missed);
        Assert.Equal(StepKind.Backup, Assert.Single((await trial.RunAsync("2026-01-10T02:01+01:00")).Steps).Kind);
    }

    [Fact]
    public async Task A_source_that_is_named_runs_though_it_is_not_due()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync("sources:\n  documents: {paths: /srv/documents}\n", Quiet);
        Assert.Empty((await trial.RunAsync("2026-01-05T02:00+01:00")).Steps);
        Assert.Single((await trial.RunAsync("2026-01-05T02:00+01:00", "documents")).Steps);
    }

    [Fact]
    public async Task A_source_that_fails_does_not_stop_the_others_and_is_tried_again_soon()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(Two, Quiet);
        trial.Opening = static name =>
        {
            if (name == "first")
            {
                throw new IOException("the disk is gone");
            }
        };
        RunReport report = await trial.RunAsync("2026-01-05T02:00+01:00");
        Assert.Equal([("first", StepOutcome.Failed), ("second", StepOutcome.Done)], report.Steps.Select(static step => (step.Subject, step.Outcome)));
        Assert.Equal("the disk is gone", trial.States.ReadSource("first").Failure);
        Assert.Empty((await trial.RunAsync("2026-01-05T02:14+01:00")).Steps);
        Assert.Equal(StepOutcome.Failed, Assert.Single((await trial.RunAsync("2026-01-05T02:15+01:00")).Steps).Outcome);
        Assert.Empty((await trial.RunAsync("2026-01-05T02:44+01:00")).Steps);
        trial.Opening = static _ => { };
        Assert.Equal(StepOutcome.Done, Assert.Single((await trial.RunAsync("2026-01-05T02:45+01:00")).Steps).Outcome);
        Assert.Null(trial.States.ReadSource("first").Failure);
        Assert.Equal(2, (await trial.SnapshotsAsync()).Count);
    }

    /// <summary>The run is ended before each of its calls to the store in turn, as by a kill: nothing of it goes on, and the next run finds what it left.</summary>
    [Fact]
    public async Task A_run_that_was_cut_off_anywhere_is_gone_on_with_and_leaves_one_snapshot()
    {
        bool hasEnded = false;
        for (int calls = 0; !hasEnded; calls++)
        {
            using RunnerTrial trial = await RunnerTrial.MakeAsync(Daily, Quiet);
            using CancellationTokenSource kill = new();
            int count = 0;
            trial.Time.Now = RunnerTrial.Parse("2026-01-05T02:00+01:00");
            trial.Front = new HookedStore(trial.Store, (_, _) =>
            {
                if (Interlocked.Increment(ref count) > calls)
                {
                    kill.Cancel();
                    kill.Token.ThrowIfCancellationRequested();
                }

                return Task.CompletedTask;
            });
            try
            {
                await trial.Runner().RunDueAsync([], kill.Token);
                hasEnded = true;
            }
            catch (OperationCanceledException)
            {
                // Cut off.
            }

            trial.Front = null;
            await trial.RunAsync("2026-01-05T02:10+01:00");
            Snapshot snapshot = Assert.Single(await trial.SnapshotsAsync());
            Assert.Equal(snapshot.Time, trial.States.ReadSource("documents").LastGood);
            Assert.Null(trial.States.ReadSource("documents").Running);
            Assert.Empty((await trial.RunAsync("2026-01-05T02:20+01:00")).Steps);
            Assert.True(hasEnded || calls < 1000);
        }
    }

    [Fact]
    public async Task Two_runners_of_one_policy_run_nothing_twice()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(Two, Quiet);
        trial.Time.Now = RunnerTrial.Parse("2026-01-05T02:00+01:00");
        RunReport[] reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => trial.Runner().RunDueAsync([], CancellationToken.None))));
        Assert.All(reports, static report => Assert.True(report.IsClean));
        Assert.Equal(["/first", "/second"], (await trial.SnapshotsAsync()).SelectMany(static snapshot => snapshot.Paths).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_runner_leaves_a_source_alone_that_another_runs()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(Two, Quiet);
        trial.Time.Now = RunnerTrial.Parse("2026-01-05T02:00+01:00");
        using (trial.States.TryLockSource("first"))
        {
            Assert.Equal("second", Assert.Single((await trial.Runner().RunDueAsync([], CancellationToken.None)).Steps).Subject);
        }

        Assert.Equal("first", Assert.Single((await trial.Runner().RunDueAsync([], CancellationToken.None)).Steps).Subject);
    }

    [Fact]
    public async Task A_command_before_the_backup_that_fails_leaves_no_backup_and_what_comes_after_runs()
    {
        using ScratchDirectory files = new();
        using RunnerTrial trial = await RunnerTrial.MakeAsync(
            $"sources:\n  documents:\n    paths: /srv/documents\n    schedule: daily at 02:00\n    hooks: {{before: 'test -e {files.Path}/ready', after: 'echo $DEDUP_SOURCE $DEDUP_STATUS >> {files.Path}/after'}}\n", Quiet);
        Assert.Equal(StepOutcome.Failed, Assert.Single((await trial.RunAsync("2026-01-05T02:00+01:00")).Steps).Outcome);
        Assert.Empty(await trial.SnapshotsAsync());
        File.WriteAllText(files["ready"], "");
        Assert.True((await trial.RunAsync("2026-01-06T02:00+01:00")).IsClean);
        Assert.Single(await trial.SnapshotsAsync());
        Assert.Equal("documents failure\ndocuments success\n", File.ReadAllText(files["after"]));
    }

    [Fact]
    public async Task A_replica_follows_each_backup_is_tried_again_when_it_failed_and_loses_nothing()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(
            "sources:\n  documents: {paths: /srv/documents, schedule: daily at 02:00, retention: 1 last}\n", "    prune: {schedule: daily at 03:00}\n    check: {schedule: never}\n    replicas: {copy: {place: /mnt/copy}}\n");
        await trial.RunAsync("2026-01-05T02:00+01:00");
        string[] first = await ObjectsAsync(trial.Replica);
        trial.OpeningReplica = static () => throw new IOException("the line is cut");
        Assert.False((await trial.RunAsync("2026-01-06T02:00+01:00")).IsClean);
        Assert.Equal("the line is cut", PolicyStatus.Read(trial.Policy, trial.States, trial.Time.Now).Repositories[0].Replicas[0].State.Failure);
        Assert.Equal(TimeSpan.FromDays(1), PolicyStatus.Read(trial.Policy, trial.States, trial.Time.Now).Repositories[0].Replicas[0].Lag);
        trial.OpeningReplica = static () => { };
        Assert.Contains((await trial.RunAsync("2026-01-06T02:30+01:00")).Steps, static step => step is { Kind: StepKind.Replicate, Outcome: StepOutcome.Done });
        Assert.DoesNotContain((await trial.RunAsync("2026-01-06T02:40+01:00")).Steps, static step => step.Kind == StepKind.Replicate);
        await trial.RunAsync("2026-01-07T03:00+01:00");
        Assert.Single(await trial.SnapshotsAsync());
        Assert.Empty(first.Except(await ObjectsAsync(trial.Replica)));
        Assert.True(PolicyStatus.Read(trial.Policy, trial.States, trial.Time.Now).IsWell);
    }

    [Fact]
    public async Task A_replica_that_cannot_be_reached_is_tried_again_less_and_less_often_but_after_each_backup()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(
            "sources:\n  documents: {paths: /srv/documents, schedule: daily at 02:00}\n", "    prune: {schedule: never}\n    check: {schedule: never}\n    replicas: {copy: {place: /mnt/copy}}\n");
        List<string> tries = [];
        trial.OpeningReplica = () =>
        {
            tries.Add($"{trial.Time.Now.ToOffset(TimeSpan.FromHours(1)):dd HH:mm}");
            throw new IOException("the line is cut");
        };
        DateTimeOffset first = DateTimeOffset.Parse("2026-01-05T02:00+01:00", CultureInfo.InvariantCulture);
        for (DateTimeOffset now = first; now <= first.AddDays(1); now += TimeSpan.FromMinutes(5))
        {
            await trial.RunAsync($"{now:O}");
        }

        Assert.Equal(["05 02:00", "05 02:15", "05 02:45", "05 03:45", "05 05:45", "05 09:45", "05 13:45", "05 17:45", "05 21:45", "06 01:45", "06 02:00"], tries);
    }

    [Fact]
    public async Task A_check_reads_everything_again_within_the_time_that_is_promised()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(Daily, "    prune: {schedule: never}\n    check: {schedule: daily at 06:00, read-within: 10d}\n");
        for (int day = 1; day <= 31; day++)
        {
            await trial.RunAsync($"2026-01-{day:00}T02:00+01:00");
            RunReport report = await trial.RunAsync($"2026-01-{day:00}T06:00+01:00");
            Assert.Equal((StepKind.Check, StepOutcome.Done), (Assert.Single(report.Steps).Kind, report.Steps[0].Outcome));
            RepositoryStatus status = Assert.Single(PolicyStatus.Read(trial.Policy, trial.States, trial.Time.Now).Repositories);
            Assert.InRange(status.OldestReadAge!.Value, TimeSpan.Zero, TimeSpan.FromDays(9));
        }
    }

    [Fact]
    public async Task Damage_that_a_check_finds_fails_it_and_shows_in_the_status()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(Daily, "    prune: {schedule: never}\n    check: {schedule: daily at 06:00}\n");
        await trial.RunAsync("2026-01-05T02:00+01:00");
        string[] packs = [.. (await ObjectsAsync(trial.Store)).Where(static name => name.StartsWith("packs/", StringComparison.Ordinal))];
        Assert.True(await trial.Store.DeleteAsync(ObjectName.Parse(packs[0]), CancellationToken.None));
        RunReport report = await trial.RunAsync("2026-01-05T06:00+01:00");
        Assert.False(report.IsClean);
        Assert.False(PolicyStatus.Read(trial.Policy, trial.States, trial.Time.Now).IsWell);
    }

    [Fact]
    public async Task The_age_of_the_last_good_backup_is_held_against_the_objective()
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync("sources:\n  documents: {paths: /srv/documents, schedule: every 12h, objectives: {rpo: 24h}}\n", Quiet);
        Assert.True(Status().IsLossTooLarge);
        await trial.RunAsync("2026-01-05T12:00+01:00");
        Assert.False(Status().IsLossTooLarge);
        trial.Time.Now = RunnerTrial.Parse("2026-01-06T12:00+01:00");
        Assert.Equal((TimeSpan.FromDays(1), false), (Status().Age, Status().IsLossTooLarge));
        trial.Time.Now = RunnerTrial.Parse("2026-01-06T12:01+01:00");
        Assert.True(Status().IsLossTooLarge);

        SourceStatus Status() => Assert.Single(PolicyStatus.Read(trial.Policy, trial.States, trial.Time.Now).Sources);
    }

    [Fact]
    public async Task Whoever_wants_to_know_is_told()
    {
        using ScratchDirectory files = new();
        using RunnerTrial trial = await RunnerTrial.MakeAsync(
            Daily + $"notifications:\n- {{on: failure, command: 'cat >> {files.Path}/failures'}}\n- {{on: success, command: 'cat >> {files.Path}/successes'}}\n- {{on: missed, command: 'cat >> {files.Path}/missed'}}\n", Quiet);
        await trial.RunAsync("2026-01-05T02:00+01:00");
        trial.Opening = static _ => throw new IOException("the disk is gone");
        await trial.RunAsync("2026-01-08T02:00+01:00");
        Assert.Equal("2 steps done, none failed\n", File.ReadAllText(files["successes"]));
        Assert.Equal("Backup documents: the disk is gone\n", File.ReadAllText(files["failures"]));
        Assert.Equal("documents: 2 runs were missed\n", File.ReadAllText(files["missed"]));
    }

    private static async Task<string[]> ObjectsAsync(MemoryStore store)
    {
        List<string> names = [];
        foreach (string folder in (string[])["packs", "snapshots", "index"])
        {
            await foreach (ObjectInfo info in store.ListAsync(folder, CancellationToken.None))
            {
                names.Add(info.Name.Value);
            }
        }

        return [.. names];
    }
}
