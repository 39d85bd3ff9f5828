using System.Globalization;
using Dedup.Policy.Documents;
using Dedup.Policy.Drills;
using Dedup.Policy.Scheduling;
using Dedup.Policy.Wording;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Policy.Running;

/// <summary>Tries out the restore of a source when that is due: opens the repository or a replica as an emergency would, and puts on record what that proved.</summary>
internal sealed class DrillStep(BackupPolicy policy, SourcePolicy source, StateFolder states, RunnerServices services, StepLog log)
{
    /// <summary>Does what is due. A drill that is cut off is done again by the next run: it is remembered when it has ended.</summary>
    /// <param name="open">Opens the repository, once for all that is done with it.</param>
    /// <param name="cancellationToken">Ends the drill; what it restored is removed all the same.</param>
    public async Task RunAsync(Func<Task<Repository>> open, CancellationToken cancellationToken)
    {
        using IDisposable? held = states.TryLockSource(source.Name);
        if (held is null || source.Drill is not { } drill)
        {
            return;
        }

        SourceState state = states.ReadSource(source.Name);
        if (state.LastGood is null || DueRun.Find(drill.Schedule, source.Name, state.DrillScheduled, services.Time.GetUtcNow()) is not { } due)
        {
            return;
        }

        state = state with { DrillScheduled = due.Scheduled };
        if (!due.IsSkipped)
        {
            await log.TryAsync(
                StepKind.Drill,
                source.Name,
                async () => state = await DrillAsync(drill, due, state, open, cancellationToken).ConfigureAwait(false),
                failure => state = state with { DrillFailure = failure }).ConfigureAwait(false);
        }

        states.Write(source.Name, state);
    }

    private async Task<SourceState> DrillAsync(DrillPolicy drill, DueRun due, SourceState state, Func<Task<Repository>> open, CancellationToken cancellationToken)
    {
        RepositoryPolicy repository = policy.RepositoryOf(source);
        ReplicaPolicy? replica = repository.Replicas.FirstOrDefault(replica => replica.Name == drill.Replica);
        (string place, S3Access? access) = replica is null ? (repository.Place, repository.S3) : (replica.Place, replica.S3);
        IObjectStore? store = null;
        DrillResult result;
        try
        {
            result = await new DrillRunner(services.Time).RunAsync(
                async (cache, cancellation) =>
                {
                    store = await services.OpenStore(place, access, cancellation).ConfigureAwait(false);
                    RepositoryOptions options = services.RepositoryOptions with { TimeProvider = services.Time, CacheDirectory = cache };
                    return await services.OpenRepository(store, AsInEmergency(repository), options, cancellation).ConfigureAwait(false);
                },
                Options(drill, due, place),
                progress: null,
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (store is not null)
            {
                await store.DisposeAsync().ConfigureAwait(false);
            }
        }

        Tell(result);
        Repository opened = await open().ConfigureAwait(false);
        await opened.AppendEvidenceAsync(DrillRecord.Of(result, source.Name), cancellationToken).ConfigureAwait(false);
        return state with { Drilled = result.Started, DrillFailure = result.Succeeded ? null : Failure(result), Recovery = result.RecoveryTime?.Whole ?? state.Recovery };
    }

    /// <summary>Opened by what would be at hand when the machine and its password are lost: a drill proves that key too.</summary>
    private static RepositoryPolicy AsInEmergency(RepositoryPolicy repository) => repository with { Password = repository.Emergency ?? repository.Password };

    private DrillOptions Options(DrillPolicy drill, DueRun due, string place) => new()
    {
        Filter = new SnapshotFilter { Hosts = [policy.Host], Tags = [source.Tag] },
        Sample = drill.Sample < 1 ? DrillSample.OfShare(drill.Sample) : null,

        // Another part each time, and the same one when the same drill is done again.
        Seed = due.Scheduled.ToUnixTimeSeconds(),
        ScratchParent = drill.ScratchDirectory,
        Place = place,
        Objective = source.Objectives.LongestRecovery,
        Commands = [.. drill.Checks.Select(static command => new DrillCommand(command.Words[0], [.. command.Words.Skip(1)]))],
        PostgreSql = new PostgreSqlDrillOptions
        {
            Programs = (source.Content as PostgreSqlContent)?.ToolDirectory,
            Queries = [.. drill.Queries.Select(static query => new PostgreSqlQuery(query))],
        },
    };

    private void Tell(DrillResult result) => log.Add(
        StepKind.Drill,
        source.Name,
        result.Succeeded ? StepOutcome.Done : StepOutcome.Failed,
        result.Succeeded ? string.Create(CultureInfo.InvariantCulture, $"{result.Files} files restored from {result.Place} and proved; {Recovery(result)}") : Failure(result));

    private static string Recovery(DrillResult result) => $"a recovery takes {DurationWords.SayRoughly(result.RecoveryTime!.Whole)}";

    private static string Failure(DrillResult result)
    {
        DrillFinding[] errors = [.. result.Findings.Where(static finding => finding.Severity == ProblemSeverity.Error)];
        return errors.Length switch
        {
            0 => $"{Recovery(result)}, and may take {DurationWords.SayRoughly(result.Objective!.Value)}",
            1 => $"{errors[0].Subject}: {errors[0].Message}",
            _ => $"{errors[0].Subject}: {errors[0].Message} ({errors.Length - 1} more findings)",
        };
    }
}
