using Dedup.Backup;
using Dedup.Policy.Documents;
using Dedup.Policy.Scheduling;
using Dedup.Policy.Sources;
using Dedup.Retention;
using Dedup.Snapshots;
using Dedup.Sources;

namespace Dedup.Policy.Running;

/// <summary>Runs one source: hooks, backup, and forgetting by its rules.</summary>
/// <remarks>
/// Before the backup the snapshot's time is remembered, and with it that a run is under way. Whoever finds that after a kill looks for the
/// snapshot of exactly that time: if it is there only what comes after the backup is left to do, and otherwise the backup is made again. So
/// no run is lost, and none leaves two snapshots.
/// </remarks>
internal sealed class SourceRunner(BackupPolicy policy, SourcePolicy source, StateFolder states, RunnerServices services, StepLog log)
{
    /// <summary>Runs the source if that is due, or was begun and not ended.</summary>
    /// <param name="open">Opens the repository, once for all its sources.</param>
    /// <param name="isForced">Whether it runs in any case.</param>
    /// <param name="cancellationToken">Ends the run; the next goes on with it.</param>
    public async Task RunAsync(Func<Task<Repository>> open, bool isForced, CancellationToken cancellationToken)
    {
        using IDisposable? held = states.TryLockSource(source.Name);
        if (held is null)
        {
            return;
        }

        SourceState state = states.ReadSource(source.Name);
        DateTimeOffset now = services.Time.GetUtcNow();
        DueRun? due = source.Schedule is { } schedule ? DueRun.Find(schedule, source.Name, state.Scheduled, now) : null;
        if (due is { Missed: > 0 })
        {
            log.AddMissed(source.Name, due.Missed);
        }

        bool isWanted = isForced || state.Running is not null || state.RetryAt <= now || due is { IsSkipped: false };
        if (!isWanted)
        {
            if (due is not null)
            {
                states.Write(source.Name, state with { Scheduled = due.Scheduled, Missed = state.Missed + due.Missed });
            }

            return;
        }

        state = state with { Scheduled = due?.Scheduled ?? state.Scheduled, Missed = state.Missed + (due?.Missed ?? 0) };
        await log.TryAsync(StepKind.Backup, source.Name, () => GoOnAsync(open, state, now, cancellationToken), failure => Remember(failure, state.Running, now)).ConfigureAwait(false);
    }

    private void Remember(string failure, DateTimeOffset? begunBefore, DateTimeOffset now)
    {
        SourceState state = states.ReadSource(source.Name);
        states.Write(source.Name, state with
        {
            // One that was cut off and could not yet be looked for may have its snapshot.
            Running = state.Running == begunBefore ? begunBefore : null,
            Failed = now,
            Failure = failure,
            Failures = state.Failures + 1,
            RetryAt = now + RetryPause.After(state.Failures),
        });
    }

    private async Task GoOnAsync(Func<Task<Repository>> open, SourceState state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? before = state.Running;

        // By the wall clock of the policy: by it people and rules count days. In whole microseconds, which every part of the way holds.
        DateTimeOffset time = TimeZoneInfo.ConvertTime(new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), now.Offset), (source.Schedule?.Zone) ?? policy.Zone);
        states.Write(source.Name, state with { Running = before ?? time });
        Repository repository = await open().ConfigureAwait(false);
        Snapshot? made = before is { } begun ? await FindAsync(repository, begun, cancellationToken).ConfigureAwait(false) : null;
        if (made is null)
        {
            state = state with { Running = time };
            states.Write(source.Name, state);
            made = await BackUpAsync(repository, time, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            log.Add(StepKind.Backup, source.Name, StepOutcome.Done, $"snapshot {made.Id.ToShortString()} was made before the run was cut off; going on after it");
        }

        state = state with { LastGood = made.Time, Snapshot = made.Id.ToString(), Failed = null, Failure = null, Failures = 0, RetryAt = null };
        states.Write(source.Name, state with { Running = made.Time });
        await log.TryAsync(StepKind.Forget, source.Name, () => ForgetAsync(repository, cancellationToken)).ConfigureAwait(false);
        states.Write(source.Name, state with { Running = null });
    }

    private async Task<Snapshot?> FindAsync(Repository repository, DateTimeOffset time, CancellationToken cancellationToken)
    {
        await foreach (Snapshot snapshot in repository.ListSnapshotsAsync(Filter, cancellationToken).ConfigureAwait(false))
        {
            if (snapshot.Time == time)
            {
                return snapshot;
            }
        }

        return null;
    }

    private async Task<Snapshot> BackUpAsync(Repository repository, DateTimeOffset time, CancellationToken cancellationToken)
    {
        string? failure = null;
        Snapshot? snapshot = null;
        try
        {
            failure = RunHooks(source.Before, "before", status: "", cancellationToken);
            if (failure is null)
            {
                IBackupSource content = services.OpenSource(source, repository.CacheDirectory, cancellationToken);
                BackupOptions options = SourceKinds.Mark(new BackupOptions { Host = policy.Host, Tags = [source.Tag, .. source.Tags], Time = time, SourceName = source.Name }, content);
                BackupResult result = await repository.BackupAsync(content, options, progress: null, cancellationToken).ConfigureAwait(false);
                snapshot = result.Snapshot;
                Tell(result);
            }
        }
        finally
        {
            string? after = RunHooks(source.After, "after", snapshot is null ? "failure" : "success", CancellationToken.None);
            failure ??= after;
        }

        return failure is null ? snapshot! : throw new StepFailedException(failure);
    }

    private void Tell(BackupResult result)
    {
        string about = $"snapshot {result.Snapshot.Id.ToShortString()}";
        string[] worth =
        [
            .. result.IsComplete ? (string[])[] : [$"{result.Problems.Count(static problem => problem.Severity == ProblemSeverity.Error)} entries could not be read, such as {result.Problems.First(static problem => problem.Severity == ProblemSeverity.Error).Path}"],
            .. result.Alert is { } alert ? [alert.Message] : (string[])[],
        ];
        log.Add(StepKind.Backup, source.Name, worth.Length == 0 ? StepOutcome.Done : StepOutcome.Warning, worth.Length == 0 ? about : $"{about}; {string.Join("; ", worth)}");
    }

    /// <returns>Why the run failed; <see langword="null"/> when it did not.</returns>
    private string? RunHooks(IReadOnlyList<HookPolicy> hooks, string when, string status, CancellationToken cancellationToken)
    {
        foreach (HookPolicy hook in hooks)
        {
            CommandResult result = CommandRun.Run(
                hook.Command, hook.TimeLimit, input: null, [new("DEDUP_SOURCE", source.Name), new("DEDUP_STATUS", status), .. SecretVariables.Withheld(policy, hook.Variables)], cancellationToken);
            if (result.IsSuccess)
            {
                continue;
            }

            string failure = $"the command '{hook.Command}' {when} the backup {result.Failure}";
            if (hook.StopsOnFailure)
            {
                return failure;
            }

            log.Add(StepKind.Hook, source.Name, StepOutcome.Warning, failure);
        }

        return null;
    }

    private async Task ForgetAsync(Repository repository, CancellationToken cancellationToken)
    {
        if (source.Retention is not { } rules)
        {
            return;
        }

        List<Snapshot> snapshots = [];
        await foreach (Snapshot snapshot in repository.ListSnapshotsAsync(Filter, cancellationToken).ConfigureAwait(false))
        {
            snapshots.Add(snapshot);
        }

        RetentionPlan plan = RetentionPlanner.Plan(snapshots, rules, RetentionGrouping.None, services.Time.GetUtcNow());
        int count = 0;

        // The oldest first, so that what is cut off leaves a history without gaps.
        foreach (Snapshot snapshot in plan.Forgotten.OrderBy(static snapshot => snapshot.Time))
        {
            try
            {
                await repository.ForgetAsync(snapshot.Id, $"policy: {rules}", cancellationToken).ConfigureAwait(false);
                count++;
            }
            catch (SnapshotNotFoundException)
            {
                // Somebody else forgot it meanwhile: what was wanted is done.
            }
        }

        log.Add(StepKind.Forget, source.Name, StepOutcome.Done, $"{count} snapshots forgotten, {plan.Kept.Count()} stay");
    }

    private SnapshotFilter Filter => new() { Hosts = [policy.Host], Tags = [source.Tag] };
}
