using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far a copy has come.</summary>
internal sealed record CopyStatusMessage(long SecondsElapsed, long TotalSnapshots, long SnapshotsDone, long FilesDone, long BytesRead, long BytesStored)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
