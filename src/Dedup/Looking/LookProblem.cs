namespace Dedup.Looking;

/// <summary>A snapshot that could not be looked into.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Reason">Why not, in one line.</param>
public sealed record LookProblem(SnapshotId Snapshot, string Reason);
