using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far a restore has come; files are entries of all kinds.</summary>
internal sealed record RestoreStatusMessage(
    long SecondsElapsed, double PercentDone, long TotalFiles, long FilesRestored, long FilesSkipped, long FilesDeleted,
    long TotalBytes, long BytesRestored, long BytesSkipped)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
