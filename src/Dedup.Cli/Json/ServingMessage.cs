using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The snapshots can be read at an address from now on.</summary>
internal sealed record ServingMessage(string Url)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "serving";
}
