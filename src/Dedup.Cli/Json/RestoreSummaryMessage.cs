using System.Text.Json.Serialization;
using Dedup.Restore;

namespace Dedup.Cli.Json;

/// <summary>The end of a restore; files are entries of all kinds.</summary>
/// <param name="DryRun">Whether nothing was really done.</param>
/// <param name="SecondsElapsed">Seconds since it began.</param>
/// <param name="TotalFiles">How many files and other entries there are.</param>
/// <param name="FilesRestored">Entries that were made or updated.</param>
/// <param name="FilesSkipped">Entries that were there already, or stay as they are.</param>
/// <param name="FilesDeleted">Entries that were deleted.</param>
/// <param name="TotalBytes">How many bytes there are.</param>
/// <param name="BytesRestored">Bytes of chunks that were made or updated.</param>
/// <param name="BytesSkipped">Bytes that were there already, or stay as they are.</param>
/// <param name="BytesWritten">Bytes that were really written.</param>
/// <param name="FilesVerified">Files that were read back; left out without --verify.</param>
/// <param name="ErrorCount">How many entries could not be read or written.</param>
internal sealed record RestoreSummaryMessage(
    bool DryRun, double SecondsElapsed, long TotalFiles, long FilesRestored, long FilesSkipped, long FilesDeleted,
    long TotalBytes, long BytesRestored, long BytesSkipped, long BytesWritten, long? FilesVerified, long ErrorCount)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";

    public static RestoreSummaryMessage From(RestoreResult result, RestoreOptions options, TimeSpan duration) => new(
        options.IsDryRun, duration.TotalSeconds, result.TotalEntries, result.Entries, result.EntriesSkipped, result.EntriesDeleted,
        result.TotalBytes, result.Bytes, result.BytesSkipped, result.BytesWritten, options.Verify ? result.FilesVerified : null, result.Errors);
}
