using Dedup.Policy.Documents;

namespace Dedup.Cli.Json;

/// <summary>A repository of a policy.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Place">Where it lies.</param>
/// <param name="NextPrune">When it is pruned next; left out where it never is.</param>
/// <param name="NextCheck">When it is checked next; left out where it never is.</param>
/// <param name="ReadWithinSeconds">Within how many seconds every byte is read again; left out where data is not read.</param>
/// <param name="Replicas">Its copies.</param>
internal sealed record PolicyRepositoryDetail(
    string Name, string Place, DateTimeOffset? NextPrune, DateTimeOffset? NextCheck, double? ReadWithinSeconds, IReadOnlyList<PolicyReplicaDetail> Replicas)
{
    public static PolicyRepositoryDetail From(RepositoryPolicy repository, DateTimeOffset now) => new(
        repository.Name,
        repository.Place,
        repository.Prune.Schedule?.Next(repository.Name, now),
        repository.Check.Schedule?.Next(repository.Name, now),
        repository.Check.ReadWithin?.TotalSeconds,
        [.. repository.Replicas.Select(PolicyReplicaDetail.From)]);
}
