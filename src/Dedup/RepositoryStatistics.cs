namespace Dedup;

/// <summary>How large a repository is.</summary>
/// <param name="Snapshots">How many snapshots it holds.</param>
/// <param name="Packs">How many packs.</param>
/// <param name="Blobs">How many blobs.</param>
/// <param name="StoredBytes">The length of all packs.</param>
/// <param name="RestoreBytes">The lengths of all files of all snapshots: what restoring each would write.</param>
/// <param name="RestoreFiles">The number of all files of all snapshots.</param>
public sealed record RepositoryStatistics(
    long Snapshots, long Packs, long Blobs, long StoredBytes, long RestoreBytes, long RestoreFiles);
