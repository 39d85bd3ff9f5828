using System.Text.Json.Serialization;
using Dedup.Backup;
using Dedup.Snapshots;

namespace Dedup.Cli.Json;

/// <summary>The end of a backup, with restic's field names; <c>total_duration</c> in seconds. There is no id where no snapshot was made.</summary>
internal sealed record BackupSummaryMessage(
    long FilesNew,
    long FilesChanged,
    long FilesUnmodified,
    long DirsNew,
    long DirsChanged,
    long DirsUnmodified,
    long DataBlobs,
    long TreeBlobs,
    long DataAdded,
    long DataAddedPacked,
    long TotalFilesProcessed,
    long TotalBytesProcessed,
    double TotalDuration,
    string? SnapshotId,
    bool? DryRun)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";

    public static BackupSummaryMessage From(BackupResult result, bool isDryRun, TimeSpan duration)
    {
        BackupStatistics statistics = result.Snapshot.Statistics;
        return new BackupSummaryMessage(
            statistics.FilesNew,
            statistics.FilesChanged,
            statistics.FilesUnmodified,
            statistics.DirectoriesNew,
            statistics.DirectoriesChanged,
            statistics.DirectoriesUnmodified,
            statistics.DataBlobs,
            statistics.TreeBlobs,
            statistics.DataAdded,
            statistics.DataAddedPacked,
            statistics.TotalFiles,
            statistics.TotalBytes,
            duration.TotalSeconds,
            result.IsCommitted ? result.Snapshot.Id.ToString() : null,
            isDryRun ? true : null);
    }
}
