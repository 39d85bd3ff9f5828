using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far a locking has come.</summary>
internal sealed record LockStatusMessage(long SecondsElapsed, double PercentDone, long ObjectsDone, long ObjectsTotal)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
