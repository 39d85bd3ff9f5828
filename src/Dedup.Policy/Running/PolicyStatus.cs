using Dedup.Policy.Documents;
using Dedup.Policy.Scheduling;

namespace Dedup.Policy.Running;

/// <summary>How all that a policy is about stands, by what the runner remembers: no repository is opened for it.</summary>
/// <param name="Time">As of when.</param>
/// <param name="Sources">The sources, in the policy's order.</param>
/// <param name="Repositories">The repositories, in the policy's order.</param>
public sealed record PolicyStatus(DateTimeOffset Time, IReadOnlyList<SourceStatus> Sources, IReadOnlyList<RepositoryStatus> Repositories)
{
    private const int Upcoming = 3;

    /// <summary>When a runner last looked at what is due: what is told here is as old as that.</summary>
    public RunnerState Runner { get; init; } = new();

    /// <summary>What needs a look; empty when <see cref="IsWell"/>.</summary>
    public IReadOnlyList<StatusProblem> Problems => StatusProblems.Of(this);

    /// <summary>Whether nothing needs a look.</summary>
    public bool IsWell => Sources.All(static source => source.IsWell) && Repositories.All(static repository => repository.IsWell);

    /// <summary>Reads how things stand.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="states">What is remembered of its runs.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="StateUnreadableException">What is remembered cannot be read.</exception>
    public static PolicyStatus Read(BackupPolicy policy, StateFolder states, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(states);
        RunnerState runner = states.ReadRunner();
        SourceStatus[] sources = [.. policy.Sources.Select(source => Read(source, runner, states, now))];
        return new PolicyStatus(now, sources, [.. policy.Repositories.Select(repository => Read(repository, sources, states, now))]) { Runner = runner };
    }

    private static SourceStatus Read(SourcePolicy source, RunnerState runner, StateFolder states, DateTimeOffset now)
    {
        SourceState state = states.ReadSource(source.Name);
        return new SourceStatus
        {
            Name = source.Name,
            Repository = source.Repository,
            State = state,
            Age = now - state.LastGood,
            LargestLoss = source.Objectives.LargestLoss,
            LongestRecovery = source.Objectives.LongestRecovery,
            LateSince = runner.IsAtWork(now) ? null : LateSince(source, state, now),
            Next = [.. source.Schedule?.Upcoming(source.Name, now, Upcoming) ?? []],
        };
    }

    /// <summary>The first run that is due, once it is so late that no runner of a machine that is on would be. What never ran is no later than the policy is old.</summary>
    private static DateTimeOffset? LateSince(SourcePolicy source, SourceState state, DateTimeOffset now) =>
        state.Scheduled is { } last && source.Schedule?.Next(source.Name, last) is { } due && now - due > DueRun.Tolerance ? due : null;

    private static RepositoryStatus Read(RepositoryPolicy repository, IEnumerable<SourceStatus> sources, StateFolder states, DateTimeOffset now)
    {
        RepositoryState state = states.ReadRepository(repository.Name);
        DateTimeOffset? newest = sources.Where(source => source.Repository == repository.Name).Max(static source => source.State.LastGood);
        return new RepositoryStatus
        {
            Name = repository.Name,
            State = state,
            OldestReadAge = now - state.OldestRead,
            Replicas = [.. repository.Replicas.Select(replica => Read(replica, state, newest, now))],
        };
    }

    private static ReplicaStatus Read(ReplicaPolicy replica, RepositoryState repository, DateTimeOffset? newest, DateTimeOffset now)
    {
        ReplicaState state = repository.Replicas.GetValueOrDefault(replica.Name) ?? new ReplicaState();
        return new ReplicaStatus
        {
            Name = replica.Name,
            State = state,
            Lag = newest is null || newest <= state.Complete ? TimeSpan.Zero : now - state.Complete,
            LargestLag = replica.LargestLag,
        };
    }
}
