using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far a copy has come.</summary>
/// <param name="SecondsElapsed">Seconds since it began.</param>
/// <param name="TotalSnapshots">How many snapshots there are.</param>
/// <param name="SnapshotsDone">How many of them are done.</param>
/// <param name="FilesDone">How many files and other entries are done.</param>
/// <param name="BytesRead">Bytes that were read.</param>
/// <param name="BytesStored">Bytes that were stored.</param>
internal sealed record CopyStatusMessage(long SecondsElapsed, long TotalSnapshots, long SnapshotsDone, long FilesDone, long BytesRead, long BytesStored)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
