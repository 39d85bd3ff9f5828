using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>What a restore did to one entry.</summary>
/// <param name="Action">What became of it.</param>
/// <param name="Item">The path.</param>
/// <param name="Size">Its length.</param>
internal sealed record RestoreActionMessage(string Action, string Item, long Size)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "verbose_status";
}
