using Dedup.Snapshots;

namespace Dedup.Cli.Json;

/// <summary>What the backup that made a snapshot found and stored.</summary>
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
