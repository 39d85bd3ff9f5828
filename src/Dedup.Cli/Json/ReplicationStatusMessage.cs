using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far a replication has come.</summary>
internal sealed record ReplicationStatusMessage(long SecondsElapsed, double PercentDone, long TotalObjects, long ObjectsDone, long TotalBytes, long BytesDone)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
