using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>Something worth knowing that concerns no single file.</summary>
/// <param name="Level">note, warning or error.</param>
/// <param name="Message">What happened, where, and what to do.</param>
internal sealed record LogMessage(string Level, string Message)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "log";
}
