using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>How far a restore has come; files are entries of all kinds.</summary>
/// <param name="SecondsElapsed">Seconds since it began.</param>
/// <param name="PercentDone">The share that is done, from 0 to 1.</param>
/// <param name="TotalFiles">How many files and other entries there are.</param>
/// <param name="FilesRestored">Entries that were made or updated.</param>
/// <param name="FilesSkipped">Entries that were there already, or stay as they are.</param>
/// <param name="FilesDeleted">Entries that were deleted.</param>
/// <param name="TotalBytes">How many bytes there are.</param>
/// <param name="BytesRestored">Bytes of chunks that were made or updated.</param>
/// <param name="BytesSkipped">Bytes that were there already, or stay as they are.</param>
internal sealed record RestoreStatusMessage(
    long SecondsElapsed, double PercentDone, long TotalFiles, long FilesRestored, long FilesSkipped, long FilesDeleted,
    long TotalBytes, long BytesRestored, long BytesSkipped)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "status";
}
