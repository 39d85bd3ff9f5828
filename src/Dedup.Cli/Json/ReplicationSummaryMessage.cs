using System.Text.Json.Serialization;
using Dedup.Replication;

namespace Dedup.Cli.Json;

/// <summary>What a replication did, or would do.</summary>
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
