using System.Text;
using Dedup.Evidence;
using Dedup.Policy.Documents;

namespace Dedup.Policy.Running;

/// <summary>Puts a policy on record in each repository that it is carried out on, whenever it is another than before.</summary>
internal sealed class PolicyRecorder(BackupPolicy policy, RepositoryPolicy repository, StateFolder states, RunnerServices services)
{
    /// <summary>Records the policy if it is not the one that was recorded last.</summary>
    /// <param name="opened">The repository.</param>
    /// <param name="cancellationToken">Ends the call before anything is recorded.</param>
    public async Task RecordAsync(Repository opened, CancellationToken cancellationToken)
    {
        // Who has the lock records it; its upkeep under way may have none to give, and then the next run does.
        using IDisposable? held = states.TryLockRepository(repository.Name);
        if (held is null || states.ReadRepository(repository.Name).PolicyDigest == policy.Digest)
        {
            return;
        }

        EvidenceEntry entry = Details(opened).ToEntry(policy.Title, Environment.UserName) with { Time = services.Time.GetUtcNow() };
        if (await opened.AppendEvidenceAsync(entry, cancellationToken).ConfigureAwait(false) is not null)
        {
            states.Write(repository.Name, states.ReadRepository(repository.Name) with { PolicyDigest = policy.Digest });
        }
    }

    private PolicyDetails Details(Repository opened) => new()
    {
        Digest = policy.Digest,
        Document = Encoding.UTF8.GetByteCount(policy.Document) <= EvidenceField.MaxTextLength ? policy.Document : "",
        ReadWithin = repository.Check.ReadWithin,
        Sources = [.. policy.Sources.Where(source => source.Repository == repository.Name).Select(Objectives)],
        Places =
        [
            new PolicyPlace(repository.Name, opened.Location, IsReplica: false),
            .. repository.Replicas.Select(static replica => new PolicyPlace(replica.Name, replica.Place, IsReplica: true)),
        ],
    };

    private SourceObjectives Objectives(SourcePolicy source) => new()
    {
        Name = source.Name,
        Kind = source.Content.Kind,
        Schedule = source.Schedule?.ToString() ?? "",
        Retention = source.Retention?.ToString() ?? "",
        RecoveryPoint = source.Objectives.LargestLoss,
        RecoveryTime = source.Objectives.LongestRecovery,
        DrillEvery = source.Drill?.Schedule.Timetable.Gaps(services.Time.GetUtcNow()).Longest,
    };
}
