using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far a replication has come.</summary>
/// <param name="SecondsElapsed">Seconds since it began.</param>
/// <param name="PercentDone">The share that is done, from 0 to 1.</param>
/// <param name="TotalObjects">How many objects there are.</param>
/// <param name="ObjectsDone">How many objects are done.</param>
/// <param name="TotalBytes">How many bytes there are.</param>
/// <param name="BytesDone">How many bytes are done.</param>
internal sealed record ReplicationStatusMessage(long SecondsElapsed, double PercentDone, long TotalObjects, long ObjectsDone, long TotalBytes, long BytesDone)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
