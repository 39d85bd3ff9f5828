using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>A repository was made.</summary>
/// <param name="Id">The whole id.</param>
/// <param name="Repository">Where it lies.</param>
internal sealed record InitializedMessage(string Id, string Repository)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "initialized";
}
