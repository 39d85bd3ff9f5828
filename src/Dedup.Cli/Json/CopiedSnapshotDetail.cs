namespace Dedup.Cli.Json;

/// <summary>A snapshot that the other repository has now.</summary>
/// <param name="Original">The id of the snapshot.</param>
/// <param name="SnapshotId">The id of the copy.</param>
/// <param name="WasThere">Whether the copy was there already.</param>
internal sealed record CopiedSnapshotDetail(string Original, string SnapshotId, bool WasThere);
