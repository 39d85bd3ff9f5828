using Dedup.Snapshots;

namespace Dedup.Cli.Json;

/// <summary>What the backup that made a snapshot found and stored.</summary>
/// <param name="BackupStart">When the backup began.</param>
/// <param name="BackupEnd">When it ended.</param>
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
internal sealed record SnapshotSummary(
    DateTimeOffset BackupStart,
    DateTimeOffset BackupEnd,
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
    long TotalBytesProcessed)
{
    public static SnapshotSummary From(Snapshot snapshot)
    {
        BackupStatistics statistics = snapshot.Statistics;
        return new SnapshotSummary(
            snapshot.Time,
            snapshot.Time + snapshot.Duration,
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
            statistics.TotalBytes);
    }
}
