using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How many snapshots got other tags, with restic's field names.</summary>
internal sealed record TagSummaryMessage(int ChangedSnapshots)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
