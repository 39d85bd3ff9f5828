using System.Text.Json.Serialization;
using Dedup.Backup;
using Dedup.Snapshots;

namespace Dedup.Cli.Json;

/// <summary>The end of a backup, with restic's field names; <c>total_duration</c> in seconds. There is no id where no snapshot was made.</summary>
/// <param name="FilesNew">Files and other entries that the parent snapshot does not have.</param>
/// <param name="FilesChanged">Those that differ from the parent's.</param>
/// <param name="FilesUnmodified">Those that are as in the parent.</param>
/// <param name="DirsNew">Directories that the parent snapshot does not have.</param>
/// <param name="DirsChanged">Those that differ from the parent's.</param>
/// <param name="DirsUnmodified">Those that are as in the parent.</param>
/// <param name="DataBlobs">Blobs of file content that were new.</param>
/// <param name="TreeBlobs">Blobs of directories and lists that were new.</param>
/// <param name="DataAdded">The length of the new blobs as plaintext.</param>
/// <param name="DataAddedPacked">Their length as stored.</param>
/// <param name="TotalFilesProcessed">Files and other entries in the snapshot.</param>
/// <param name="TotalBytesProcessed">Their lengths.</param>
/// <param name="TotalDuration">Seconds that it took.</param>
/// <param name="SnapshotId">The snapshot's id; left out where none was made.</param>
/// <param name="DryRun">There, and true, where nothing was really done.</param>
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
