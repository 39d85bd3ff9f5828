namespace Dedup.Copying;

/// <summary>A snapshot that could not be copied.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Message">One line: what is wrong.</param>
public sealed record CopyProblem(SnapshotId Snapshot, string Message);
