using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far an export has come; files are entries of all kinds.</summary>
internal sealed record ExportStatusMessage(
    long SecondsElapsed, double PercentDone, long TotalFiles, long FilesExported, long TotalBytes, long BytesExported)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
