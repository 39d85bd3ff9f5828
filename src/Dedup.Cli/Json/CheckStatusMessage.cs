using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far a check has come.</summary>
/// <param name="SecondsElapsed">Seconds since it began.</param>
/// <param name="PercentDone">The share that is done, from 0 to 1.</param>
/// <param name="TotalPacks">How many packs there are.</param>
/// <param name="PacksDone">How many of them are done.</param>
/// <param name="TotalSnapshots">How many snapshots there are.</param>
/// <param name="SnapshotsDone">How many of them are done.</param>
/// <param name="BytesDone">How many bytes of packs were read.</param>
internal sealed record CheckStatusMessage(
    long SecondsElapsed, double PercentDone, long TotalPacks, long PacksDone, long TotalSnapshots, long SnapshotsDone, long BytesDone)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
