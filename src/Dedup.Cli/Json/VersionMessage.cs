using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>Which program this is.</summary>
/// <param name="Version">The version.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="Os">The operating system.</param>
/// <param name="Arch">The processor.</param>
internal sealed record VersionMessage(string Version, string Runtime, string Os, string Arch)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "version";
}
