using Dedup.Looking;

namespace Dedup.Cli.Json;

/// <summary>What a snapshot costs.</summary>
/// <param name="TotalSize">What restoring it would write, in bytes.</param>
/// <param name="TotalFileCount">How many files that is.</param>
/// <param name="TotalBlobCount">How many blobs it needs.</param>
/// <param name="SnapshotsCount">1.</param>
/// <param name="TotalUncompressedSize">Their plaintext lengths.</param>
/// <param name="StoredSize">Their lengths as they are stored.</param>
/// <param name="DeduplicationRatio">How many bytes of files a stored byte stands for.</param>
/// <param name="UniqueSize">The stored lengths of blobs that no other snapshot needs.</param>
/// <param name="UniqueBlobCount">How many these are.</param>
/// <param name="ComparedWith">The snapshot before; left out where there is none.</param>
/// <param name="Growth">By how much restoring it would write more than restoring that one.</param>
/// <param name="Directories">The directories that weigh most.</param>
internal sealed record CostDocument(
    long TotalSize,
    long TotalFileCount,
    long TotalBlobCount,
    long SnapshotsCount,
    long TotalUncompressedSize,
    long StoredSize,
    double DeduplicationRatio,
    long UniqueSize,
    long UniqueBlobCount,
    string? ComparedWith,
    long? Growth,
    IReadOnlyList<DirectoryCostDetail> Directories)
{
    public static CostDocument From(SnapshotCost cost) => new(
        cost.Snapshot.Statistics.TotalBytes,
        cost.Snapshot.Statistics.TotalFiles,
        cost.Stored.Blobs,
        cost.Stored.Snapshots,
        cost.Stored.UncompressedBytes,
        cost.Stored.Bytes,
        cost.DeduplicationRatio,
        cost.UniqueBytes,
        cost.UniqueBlobs,
        cost.Before?.Id.ToString(),
        cost.Growth,
        [.. cost.Directories.Select(DirectoryCostDetail.From)]);
}
