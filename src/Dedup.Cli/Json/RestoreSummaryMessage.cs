using System.Text.Json.Serialization;
using Dedup.Restore;

namespace Dedup.Cli.Json;

/// <summary>The end of a restore; files are entries of all kinds.</summary>
internal sealed record RestoreSummaryMessage(
    bool DryRun, double SecondsElapsed, long TotalFiles, long FilesRestored, long FilesSkipped, long FilesDeleted,
    long TotalBytes, long BytesRestored, long BytesSkipped, long BytesWritten, long? FilesVerified, long ErrorCount)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";

    public static RestoreSummaryMessage From(RestoreResult result, RestoreOptions options, TimeSpan duration) => new(
        options.DryRun, duration.TotalSeconds, result.TotalEntries, result.Entries, result.EntriesSkipped, result.EntriesDeleted,
        result.TotalBytes, result.Bytes, result.BytesSkipped, result.BytesWritten, options.Verify ? result.FilesVerified : null, result.Errors);
}
