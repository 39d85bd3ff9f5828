using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far a prune has come; the total is left out when it is unknown.</summary>
internal sealed record PruneStatusMessage(long SecondsElapsed, string Stage, long Done, long? Total)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
