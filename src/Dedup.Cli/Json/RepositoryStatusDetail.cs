using Dedup.Policy.Running;

namespace Dedup.Cli.Json;

/// <summary>How a repository stands.</summary>
/// <param name="Name">The repository.</param>
/// <param name="IsWell">Whether nothing needs a look.</param>
/// <param name="Checked">When it was checked; left out when it never was.</param>
/// <param name="OldestReadSeconds">How long ago the byte was read that was not read for longest; left out when some never was.</param>
/// <param name="Replicas">Its copies.</param>
internal sealed record RepositoryStatusDetail(string Name, bool IsWell, DateTimeOffset? Checked, double? OldestReadSeconds, IReadOnlyList<ReplicaStatusDetail> Replicas)
{
    public static RepositoryStatusDetail From(RepositoryStatus repository) => new(
        repository.Name, repository.IsWell, repository.State.Checked, repository.OldestReadAge?.TotalSeconds, [.. repository.Replicas.Select(ReplicaStatusDetail.From)]);
}
