using Dedup.Policy.Documents;

namespace Dedup.Cli.Json;

/// <summary>A copy of a repository.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Place">Where it lies.</param>
/// <param name="MayDelete">Whether it loses what the repository no longer has.</param>
internal sealed record PolicyReplicaDetail(string Name, string Place, bool MayDelete)
{
    public static PolicyReplicaDetail From(ReplicaPolicy replica) => new(replica.Name, replica.Place, replica.MayDelete);
}
