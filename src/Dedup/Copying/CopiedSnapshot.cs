namespace Dedup.Copying;

/// <summary>A snapshot that is in the other repository too.</summary>
/// <param name="Original">The snapshot.</param>
/// <param name="Copy">The same in the other repository.</param>
/// <param name="WasThere">Whether it was there already.</param>
public sealed record CopiedSnapshot(SnapshotId Original, SnapshotId Copy, bool WasThere);
