using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The end of a repair of snapshots.</summary>
internal sealed record SnapshotRepairMessage(bool DryRun, long SnapshotsRead, RepairedSnapshotDetail[] Repaired)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
