using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The snapshots can be read at an address from now on.</summary>
/// <param name="Url">The address.</param>
internal sealed record ServingMessage(string Url)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "serving";
}
