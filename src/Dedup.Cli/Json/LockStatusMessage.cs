using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far a locking has come.</summary>
/// <param name="SecondsElapsed">Seconds since it began.</param>
/// <param name="PercentDone">The share that is done, from 0 to 1.</param>
/// <param name="ObjectsDone">How many objects are done.</param>
/// <param name="ObjectsTotal">How many there are.</param>
internal sealed record LockStatusMessage(long SecondsElapsed, double PercentDone, long ObjectsDone, long ObjectsTotal)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
