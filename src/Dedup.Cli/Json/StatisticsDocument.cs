namespace Dedup.Cli.Json;

/// <summary>How large a repository or a snapshot is. What concerns the stored data is left out for a single snapshot.</summary>
/// <param name="TotalSize">What restoring would write, in bytes.</param>
/// <param name="TotalFileCount">How many files that is.</param>
/// <param name="SnapshotsCount">How many snapshots were counted.</param>
/// <param name="TotalStoredSize">The length of all packs.</param>
/// <param name="TotalBlobCount">How many blobs there are.</param>
/// <param name="TotalPackCount">How many packs.</param>
internal sealed record StatisticsDocument(
    long TotalSize,
    long TotalFileCount,
    long SnapshotsCount,
    long? TotalStoredSize = null,
    long? TotalBlobCount = null,
    long? TotalPackCount = null);
