using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far a check has come.</summary>
internal sealed record CheckStatusMessage(
    long SecondsElapsed, double PercentDone, long TotalPacks, long PacksDone, long TotalSnapshots, long SnapshotsDone, long BytesDone)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
