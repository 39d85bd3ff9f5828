using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>An entry that a backup is done with, with restic's field names.</summary>
/// <param name="Action">What became of it.</param>
/// <param name="Item">The path.</param>
/// <param name="DataSize">The length of a file.</param>
internal sealed record VerboseStatusMessage(string Action, string Item, long DataSize)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "verbose_status";
}
