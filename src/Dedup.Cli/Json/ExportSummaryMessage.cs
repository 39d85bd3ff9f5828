using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The end of an export; files are entries of all kinds.</summary>
internal sealed record ExportSummaryMessage(double SecondsElapsed, long FilesExported, long BytesExported, long ArchiveSize, string SnapshotId)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
