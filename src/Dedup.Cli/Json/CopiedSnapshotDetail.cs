namespace Dedup.Cli.Json;

/// <summary>A snapshot that the other repository has now.</summary>
internal sealed record CopiedSnapshotDetail(string Original, string SnapshotId, bool WasThere);
