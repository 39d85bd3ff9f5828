using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The end of a restore; files are entries of all kinds.</summary>
internal sealed record RestoreSummaryMessage(double SecondsElapsed, long FilesRestored, long BytesRestored, long ErrorCount)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
