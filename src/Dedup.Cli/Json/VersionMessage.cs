using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>Which program this is.</summary>
internal sealed record VersionMessage(string Version, string Runtime, string Os, string Arch)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "version";
}
