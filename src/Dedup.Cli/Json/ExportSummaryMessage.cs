using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The end of an export; files are entries of all kinds.</summary>
/// <param name="SecondsElapsed">Seconds since it began.</param>
/// <param name="FilesExported">How many files and other entries are written.</param>
/// <param name="BytesExported">How many bytes of files.</param>
/// <param name="ArchiveSize">The length of the archive.</param>
/// <param name="SnapshotId">The snapshot's id.</param>
internal sealed record ExportSummaryMessage(double SecondsElapsed, long FilesExported, long BytesExported, long ArchiveSize, string SnapshotId)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
