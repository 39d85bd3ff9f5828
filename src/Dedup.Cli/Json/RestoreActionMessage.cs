using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>What a restore did to one entry.</summary>
internal sealed record RestoreActionMessage(string Action, string Item, long Size)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "verbose_status";
}
