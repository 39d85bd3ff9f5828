using System.Text.Json.Serialization;
using Dedup.Replication;

namespace Dedup.Cli.Json;

/// <summary>What a replication did, or would do.</summary>
/// <param name="DryRun">Whether nothing was really done.</param>
/// <param name="ObjectsCopied">Objects copied.</param>
/// <param name="BytesCopied">Their lengths.</param>
/// <param name="SnapshotsCopied">Snapshots among them.</param>
/// <param name="ObjectsVerified">Objects of the replica that were read and compared.</param>
/// <param name="ObjectsDeleted">Objects deleted from the replica.</param>
/// <param name="BytesDeleted">Their lengths.</param>
/// <param name="SnapshotsBehind">Snapshots that the replica lacks.</param>
/// <param name="BytesBehind">Bytes that it lacks.</param>
/// <param name="LagSeconds">How many seconds old the state of the replica is; left out where that is not known.</param>
/// <param name="SnapshotsRetained">Snapshots that the replica has and the repository has forgotten.</param>
/// <param name="OnlyInTarget">Commit slots that only the replica has.</param>
/// <param name="NumProblems">How many problems were told of on standard error.</param>
/// <param name="TotalDuration">Seconds that it took.</param>
internal sealed record ReplicationSummaryMessage(
    bool DryRun,
    long ObjectsCopied,
    long BytesCopied,
    long SnapshotsCopied,
    long ObjectsVerified,
    long ObjectsDeleted,
    long BytesDeleted,
    long SnapshotsBehind,
    long BytesBehind,
    double? LagSeconds,
    long SnapshotsRetained,
    IReadOnlyList<string> OnlyInTarget,
    int NumProblems,
    double TotalDuration)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";

    public static ReplicationSummaryMessage From(ReplicationReport report, TimeSpan? lag, TimeSpan duration) => new(
        report.IsDryRun,
        report.ObjectsCopied,
        report.BytesCopied,
        report.SnapshotsCopied,
        report.ObjectsVerified,
        report.ObjectsDeleted,
        report.BytesDeleted,
        report.SnapshotsBehind,
        report.BytesBehind,
        lag?.TotalSeconds,
        report.SnapshotsRetained,
        report.OnlyInTarget,
        report.Problems.Count,
        duration.TotalSeconds);
}
