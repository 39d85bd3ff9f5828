using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The end of a repair of snapshots.</summary>
/// <param name="DryRun">Whether nothing was really done.</param>
/// <param name="SnapshotsRead">Snapshots read.</param>
/// <param name="Repaired">Those of them that lacked something.</param>
internal sealed record SnapshotRepairMessage(bool DryRun, long SnapshotsRead, RepairedSnapshotDetail[] Repaired)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
