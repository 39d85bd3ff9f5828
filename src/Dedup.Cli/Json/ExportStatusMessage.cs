using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far an export has come; files are entries of all kinds.</summary>
/// <param name="SecondsElapsed">Seconds since it began.</param>
/// <param name="PercentDone">The share that is done, from 0 to 1.</param>
/// <param name="TotalFiles">How many files and other entries there are.</param>
/// <param name="FilesExported">How many files and other entries are written.</param>
/// <param name="TotalBytes">How many bytes there are.</param>
/// <param name="BytesExported">How many bytes of files.</param>
internal sealed record ExportStatusMessage(
    long SecondsElapsed, double PercentDone, long TotalFiles, long FilesExported, long TotalBytes, long BytesExported)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
