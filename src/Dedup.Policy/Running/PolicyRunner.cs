using Dedup.Policy.Documents;
using Dedup.Policy.Scheduling;

namespace Dedup.Policy.Running;

/// <summary>Carries out a policy.</summary>
/// <remarks>
/// Each source runs in one process at a time, whoever else runs the same policy on this machine with the same <see cref="StateFolder"/>. A kill at any
/// moment loses nothing and doubles nothing: what was begun is gone on with by the next run.
/// </remarks>
/// <param name="policy">The policy.</param>
/// <param name="states">What is remembered of earlier runs.</param>
/// <param name="services">What the program around it provides.</param>
public sealed class PolicyRunner(BackupPolicy policy, StateFolder states, RunnerServices services)
{
    /// <summary>Does everything that is due, once: backups, and after them forgetting, replicas, pruning, checks and drills.</summary>
    /// <param name="sources">Names of sources that run in any case; others run when they are due.</param>
    /// <param name="cancellationToken">Ends the run; the next goes on with it.</param>
    /// <returns>What was done. A step that failed does not end the others.</returns>
    /// <exception cref="StateUnreadableException">What is remembered cannot be read or written.</exception>
    public async Task<RunReport> RunDueAsync(IReadOnlyCollection<string> sources, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sources);
        StepLog log = new(services.StepEnded);
        RunnerState run = states.ReadRunner() with { Began = services.Time.GetUtcNow() };
        states.Write(run);
        foreach (RepositoryPolicy repository in policy.Repositories)
        {
            OpenedPlaces places = new(repository, services, cancellationToken);
            await using (places.ConfigureAwait(false))
            {
                PolicyRecorder recorder = new(policy, repository, states, services);
                async Task<Repository> OpenAsync()
                {
                    Repository opened = await places.OpenAsync().ConfigureAwait(false);
                    await recorder.RecordAsync(opened, cancellationToken).ConfigureAwait(false);
                    return opened;
                }

                SourcePolicy[] its = [.. policy.Sources.Where(source => source.Repository == repository.Name)];
                foreach (SourcePolicy source in its)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    SourceRunner runner = new(policy, source, states, services, log);
                    await runner.RunAsync(OpenAsync, sources.Contains(source.Name), cancellationToken).ConfigureAwait(false);
                }

                RepositoryRunner upkeep = new(policy, repository, states, services, log);
                await upkeep.RunAsync(OpenAsync, places.OpenStoreAsync, cancellationToken).ConfigureAwait(false);
                foreach (SourcePolicy source in its)
                {
                    await new DrillStep(policy, source, states, services, log).RunAsync(OpenAsync, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        states.Write(run with { Ended = services.Time.GetUtcNow() });
        Notifier.Tell(policy, PolicyStatus.Read(policy, states, services.Time.GetUtcNow()), log, services, cancellationToken);
        return log.Report;
    }

    /// <summary>When something is due next; <see langword="null"/> when nothing ever is.</summary>
    /// <param name="after">From when on.</param>
    public DateTimeOffset? Next(DateTimeOffset after) => Schedules.Min(entry => entry.Schedule.Next(entry.Name, after));

    private IEnumerable<(string Name, Schedule Schedule)> Schedules =>
    [
        .. policy.Sources.Where(static source => source.Schedule is not null).Select(static source => (source.Name, source.Schedule!)),
        .. policy.Sources.Where(static source => source.Drill is not null).Select(static source => (source.Name, source.Drill!.Schedule)),
        .. policy.Repositories.SelectMany(static repository => new[] { repository.Prune.Schedule, repository.Check.Schedule }
            .OfType<Schedule>().Select(schedule => (repository.Name, schedule))),
        .. policy.Repositories.SelectMany(static repository => repository.Replicas)
            .Where(static replica => replica.Schedule is not null).Select(static replica => (replica.Name, replica.Schedule!)),
    ];
}
