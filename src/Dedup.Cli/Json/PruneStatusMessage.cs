using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far a prune has come; the total is left out when it is unknown.</summary>
/// <param name="SecondsElapsed">Seconds since it began.</param>
/// <param name="Stage">finding_used, surveying, repacking, waiting_for_sessions or deleting.</param>
/// <param name="Done">How much of the stage is done.</param>
/// <param name="Total">How much there is; left out where that is not known.</param>
internal sealed record PruneStatusMessage(long SecondsElapsed, string Stage, long Done, long? Total)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
