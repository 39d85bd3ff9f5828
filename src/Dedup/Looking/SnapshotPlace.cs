namespace Dedup.Looking;

/// <summary>A snapshot, or a part of it.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Path">A path inside it; <see langword="null"/> for all of it.</param>
public sealed record SnapshotPlace(SnapshotId Snapshot, string? Path = null);
