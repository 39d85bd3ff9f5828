using Dedup.Looking;
using Dedup.Snapshots;

namespace Dedup.Cli.Json;

/// <summary>How large a repository or a snapshot is, with restic's field names. What is not counted is left out.</summary>
/// <param name="TotalSize">What restoring would write, or the lengths of what is counted, in bytes.</param>
/// <param name="TotalFileCount">How many files that is.</param>
/// <param name="SnapshotsCount">How many snapshots were counted.</param>
/// <param name="TotalStoredSize">The length of all packs.</param>
/// <param name="TotalBlobCount">How many blobs there are.</param>
/// <param name="TotalPackCount">How many packs.</param>
/// <param name="TotalUncompressedSize">The plaintext lengths of the blobs.</param>
/// <param name="CompressionRatio">How many times larger than stored the compressed blobs are as plaintext.</param>
/// <param name="CompressionProgress">The share of the plaintext, in percent, that is stored compressed.</param>
/// <param name="CompressionSpaceSaving">The share of the plaintext, in percent, that need not be stored.</param>
internal sealed record StatisticsDocument(
    long TotalSize,
    long? TotalFileCount,
    long SnapshotsCount,
    long? TotalStoredSize = null,
    long? TotalBlobCount = null,
    long? TotalPackCount = null,
    long? TotalUncompressedSize = null,
    double? CompressionRatio = null,
    double? CompressionProgress = null,
    double? CompressionSpaceSaving = null)
{
    private const double Percent = 100;

    public static StatisticsDocument From(Snapshot snapshot) => new(snapshot.Statistics.TotalBytes, snapshot.Statistics.TotalFiles, SnapshotsCount: 1);

    public static StatisticsDocument From(RepositoryStatistics statistics) => new(
        statistics.RestoreBytes,
        statistics.RestoreFiles,
        statistics.Snapshots,
        statistics.StoredBytes,
        statistics.Blobs,
        statistics.Packs);

    public static StatisticsDocument From(ContentStatistics statistics) => statistics.UncompressedBytes > 0
        ? new StatisticsDocument(
            statistics.Bytes,
            null,
            statistics.Snapshots,
            TotalBlobCount: statistics.Blobs,
            TotalUncompressedSize: statistics.UncompressedBytes,
            CompressionRatio: statistics.CompressedBlobsStored > 0 ? (double)statistics.CompressedBlobsBytes / statistics.CompressedBlobsStored : null,
            CompressionProgress: Percent * statistics.CompressedBlobsBytes / statistics.UncompressedBytes,
            CompressionSpaceSaving: Percent * (1 - ((double)statistics.Bytes / statistics.UncompressedBytes)))
        : new StatisticsDocument(statistics.Bytes, statistics.Files, statistics.Snapshots, TotalBlobCount: statistics.Blobs > 0 ? statistics.Blobs : null);
}
