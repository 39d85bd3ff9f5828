using Dedup.Snapshots;

namespace Dedup.Looking;

/// <summary>What a snapshot costs.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Stored">All that it needs, as it is stored.</param>
/// <param name="UniqueBytes">The stored lengths of blobs that no other snapshot needs: what forgetting it and a prune that frees everything would free.</param>
/// <param name="UniqueBlobs">How many blobs these are.</param>
/// <param name="Before">The snapshot with which it is compared: its parent, or the newest before it of the same host and paths; <see langword="null"/> where there is none.</param>
/// <param name="Directories">The directories that weigh most: by what lies in them, by what is unique, and by what changed since; the largest first.</param>
public sealed record SnapshotCost(
    Snapshot Snapshot, ContentStatistics Stored, long UniqueBytes, long UniqueBlobs, Snapshot? Before, IReadOnlyList<DirectoryCost> Directories)
{
    /// <summary>By how much the lengths of its files are more than those of <see cref="Before"/>; <see langword="null"/> without that.</summary>
    public long? Growth => Snapshot.Statistics.TotalBytes - Before?.Statistics.TotalBytes;

    /// <summary>How many bytes of files a stored byte stands for: compression and deduplication together; 0 where nothing is stored.</summary>
    public double DeduplicationRatio => Stored.Bytes == 0 ? 0 : (double)Snapshot.Statistics.TotalBytes / Stored.Bytes;
}
