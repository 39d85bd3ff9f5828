using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How many snapshots got other tags, with restic's field names.</summary>
/// <param name="ChangedSnapshots">How many snapshots were changed.</param>
internal sealed record TagSummaryMessage(int ChangedSnapshots)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
