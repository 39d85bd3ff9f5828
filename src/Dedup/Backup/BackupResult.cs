using Dedup.Snapshots;

namespace Dedup.Backup;

/// <summary>What a backup left.</summary>
/// <param name="Snapshot">The snapshot, committed and durable.</param>
/// <param name="Problems">What could not be read, or was not at rest while it was read.</param>
public sealed record BackupResult(Snapshot Snapshot, IReadOnlyList<BackupProblem> Problems)
{
    /// <summary>Whether everything that was asked for is in the snapshot.</summary>
    public bool IsComplete => Problems.All(problem => problem.Severity == ProblemSeverity.Warning);
}
