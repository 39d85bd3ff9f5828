using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>An entry that a backup is done with, with restic's field names.</summary>
internal sealed record VerboseStatusMessage(string Action, string Item, long DataSize)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "verbose_status";
}
