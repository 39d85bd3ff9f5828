using Dedup.Policy.Running;

namespace Dedup.Cli.Json;

/// <summary>How a replica stands.</summary>
/// <param name="Name">The replica.</param>
/// <param name="IsWell">Whether nothing needs a look.</param>
/// <param name="LagSeconds">How far it is behind; left out when it never was whole.</param>
/// <param name="SnapshotsBehind">How many snapshots it lacked after the last replication.</param>
/// <param name="Failure">Why the last replication failed; left out when it did not.</param>
internal sealed record ReplicaStatusDetail(string Name, bool IsWell, double? LagSeconds, long SnapshotsBehind, string? Failure)
{
    public static ReplicaStatusDetail From(ReplicaStatus replica) =>
        new(replica.Name, replica.IsWell, replica.Lag?.TotalSeconds, replica.State.SnapshotsBehind, replica.State.Failure);
}
