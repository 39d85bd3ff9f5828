using Dedup.Evidence;
using Dedup.Maintenance;
using Dedup.Policy.Documents;
using Dedup.Policy.Scheduling;
using Dedup.Policy.Wording;
using Dedup.Pruning;
using Dedup.Replication;
using Dedup.Storage;

namespace Dedup.Policy.Running;

/// <summary>What is due of a repository after its backups: replicas, pruning, checking.</summary>
internal sealed class RepositoryRunner(BackupPolicy policy, RepositoryPolicy repository, StateFolder states, RunnerServices services, StepLog log)
{
    /// <summary>Does what is due.</summary>
    /// <param name="open">Opens the repository, once for all that is done with it.</param>
    /// <param name="openStore">Opens its store, once.</param>
    /// <param name="cancellationToken">Ends it; what was not done is due again.</param>
    public async Task RunAsync(Func<Task<Repository>> open, Func<Task<IObjectStore>> openStore, CancellationToken cancellationToken)
    {
        using IDisposable? held = states.TryLockRepository(repository.Name);
        if (held is null)
        {
            return;
        }

        RepositoryState state = states.ReadRepository(repository.Name);
        foreach (ReplicaPolicy replica in repository.Replicas)
        {
            state = await ReplicateAsync(replica, state, open, openStore, cancellationToken).ConfigureAwait(false);
        }

        DateTimeOffset now = services.Time.GetUtcNow();
        if (repository.Prune.Schedule is { } pruning && DueRun.Find(pruning, repository.Name, state.PruneScheduled, now) is { } prune)
        {
            if (!prune.IsSkipped)
            {
                await log.TryAsync(StepKind.Prune, repository.Name, () => PruneAsync(open, cancellationToken)).ConfigureAwait(false);
            }

            // Once it has ended, however: one that was killed is done again.
            state = state with { PruneScheduled = prune.Scheduled };
            states.Write(repository.Name, state);
        }

        if (repository.Check.Schedule is { } checking && DueRun.Find(checking, repository.Name, state.CheckScheduled, now) is { } check)
        {
            state = state with { CheckScheduled = check.Scheduled };
            if (!check.IsSkipped)
            {
                await log.TryAsync(StepKind.Check, repository.Name, async () => state = await CheckAsync(open, state, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }

            states.Write(repository.Name, state);
        }
    }

    /// <summary>A replica is due when a backup was made since it was whole, after a pause when it last failed, and by its own schedule.</summary>
    private async Task<RepositoryState> ReplicateAsync(
        ReplicaPolicy replica, RepositoryState state, Func<Task<Repository>> open, Func<Task<IObjectStore>> openStore, CancellationToken cancellationToken)
    {
        ReplicaState before = state.Replicas.GetValueOrDefault(replica.Name) ?? new ReplicaState();
        DateTimeOffset now = services.Time.GetUtcNow();
        DueRun? due = replica.Schedule is { } schedule ? DueRun.Find(schedule, replica.Name, before.Scheduled, now) : null;
        DateTimeOffset? newest = policy.Sources.Where(source => source.Repository == repository.Name).Max(source => states.ReadSource(source.Name).LastGood);
        if (due is null or { IsSkipped: true } && !IsBehind(before, newest, now))
        {
            return state;
        }

        string subject = $"{repository.Name}/{replica.Name}";
        ReplicaState after = before with { Scheduled = due?.Scheduled ?? before.Scheduled, Tried = now };
        await log.TryAsync(
            StepKind.Replicate,
            subject,
            async () =>
            {
                Repository opened = await open().ConfigureAwait(false);
                ReplicationReport report = await CopyAsync(replica, opened, openStore, cancellationToken).ConfigureAwait(false);
                await opened.RecordReplicationAsync(replica.Place, report, services.Time.GetUtcNow() - now, cancellationToken).ConfigureAwait(false);
                after = Tell(subject, after, report, now);
            },
            failure => after = Failed(after, failure, now)).ConfigureAwait(false);
        state = state with { Replicas = new Dictionary<string, ReplicaState>(state.Replicas) { [replica.Name] = after } };
        states.Write(repository.Name, state);
        return state;
    }

    /// <summary>Copies. That it failed goes on record too.</summary>
    private async Task<ReplicationReport> CopyAsync(ReplicaPolicy replica, Repository opened, Func<Task<IObjectStore>> openStore, CancellationToken cancellationToken)
    {
        try
        {
            IObjectStore target = await services.OpenReplica(replica.Place, replica.S3, cancellationToken).ConfigureAwait(false);
            await using (target.ConfigureAwait(false))
            {
                Replicator replicator = new(await openStore().ConfigureAwait(false), target, new ReplicationOptions { PruneTarget = replica.MayDelete });
                return await replicator.RunAsync(progress: null, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (DedupException exception)
        {
            EvidenceEntry entry = new()
            {
                Action = EvidenceAction.Replicate,
                Object = replica.Place,
                Result = EvidenceResult.Failure,
                Time = services.Time.GetUtcNow(),
                Details = new EvidenceDetails([EvidenceField.OfText(EvidenceFields.Reason, exception.Message)]),
            };
            await opened.AppendEvidenceAsync(entry, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private ReplicaState Tell(string subject, ReplicaState before, ReplicationReport report, DateTimeOffset began)
    {
        string about = $"{report.SnapshotsCopied} snapshots and {report.BytesCopied} bytes copied";
        if (report.IsClean)
        {
            log.Add(StepKind.Replicate, subject, StepOutcome.Done, about);
            return before with
            {
                Complete = report.SnapshotsBehind == 0 ? began : before.Complete,
                SnapshotsBehind = report.SnapshotsBehind,
                Failure = null,
                Failures = 0,
                RetryAt = null,
            };
        }

        string failure = report.Problems[0].Message + (report.Problems.Count > 1 ? $" ({report.Problems.Count - 1} more problems)" : "");
        log.Add(StepKind.Replicate, subject, StepOutcome.Failed, $"{about}; {failure}");
        return Failed(before with { SnapshotsBehind = report.SnapshotsBehind }, failure, began);
    }

    /// <summary>Whether a replica lacks something, and is to get it now.</summary>
    /// <param name="state">How it stands.</param>
    /// <param name="newest">When the newest good backup was made.</param>
    /// <param name="now">The time.</param>
    private static bool IsBehind(ReplicaState state, DateTimeOffset? newest, DateTimeOffset now)
    {
        bool isNew = newest > state.Tried || state.Tried is null;
        return newest is not null && (state.Failure is null
            ? state.SnapshotsBehind > 0 || state.Complete is null || newest > state.Complete
            : isNew || state.RetryAt is null || state.RetryAt <= now);
    }

    private static ReplicaState Failed(ReplicaState state, string failure, DateTimeOffset now) =>
        state with { Failure = failure, Failures = state.Failures + 1, RetryAt = now + RetryPause.After(state.Failures) };

    private async Task PruneAsync(Func<Task<Repository>> open, CancellationToken cancellationToken)
    {
        Repository opened = await open().ConfigureAwait(false);
        PruneReport report = await opened.PruneAsync(repository.Prune.Options, progress: null, cancellationToken).ConfigureAwait(false);
        log.Add(StepKind.Prune, repository.Name, StepOutcome.Done, $"{report.PacksDeleted} packs deleted");
    }

    private async Task<RepositoryState> CheckAsync(Func<Task<Repository>> open, RepositoryState state, CancellationToken cancellationToken)
    {
        Repository opened = await open().ConfigureAwait(false);
        CheckReport report = await opened.CheckAsync(Options, progress: null, cancellationToken).ConfigureAwait(false);
        DateTimeOffset? oldest = report.Verification.NeverVerifiedPacks > 0 ? null : report.Verification.OldestVerification;
        string about = $"{report.Snapshots} snapshots and {report.Packs} packs checked, {report.PacksRead} packs read";
        CheckFinding? damage = report.Findings.FirstOrDefault(static finding => finding.IsDamage);
        bool isBehind = repository.Check.ReadWithin is { } within && report.Verification.OldestAge > within;
        log.Add(
            StepKind.Check,
            repository.Name,
            damage is not null ? StepOutcome.Failed : isBehind ? StepOutcome.Warning : StepOutcome.Done,
            damage is not null ? $"{about}; {damage.Message}" : isBehind ? $"{about}; some bytes were not read for more than {DurationWords.Say(repository.Check.ReadWithin!.Value)}" : about);
        return state with { Checked = services.Time.GetUtcNow(), IsWhole = report.IsClean, OldestRead = oldest };
    }

    /// <summary>Each check reads what would be too old before the next but one, so that one check may fail and the promise holds.</summary>
    private CheckOptions Options
    {
        get
        {
            if (repository.Check is not { ReadWithin: { } within, Schedule: { } schedule })
            {
                return CheckOptions.Structure;
            }

            TimeSpan gap = schedule.Timetable.Gaps(services.Time.GetUtcNow()).Longest, half = within / 2;
            return new CheckOptions { ReadData = true, OlderThan = gap < within / 4 ? within - (2 * gap) : half };
        }
    }
}
