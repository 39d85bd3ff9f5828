using Dedup.Snapshots;

namespace Dedup.Backup;

/// <summary>What a backup left.</summary>
/// <param name="Snapshot">The snapshot, committed and durable unless <see cref="IsCommitted"/> tells otherwise.</param>
/// <param name="Problems">What could not be read, or was not at rest while it was read.</param>
public sealed record BackupResult(Snapshot Snapshot, IReadOnlyList<BackupProblem> Problems)
{
    /// <summary>Whether the snapshot was made: not by a dry run, and not where one that changes nothing was to be skipped.</summary>
    public bool IsCommitted { get; init; } = true;

    /// <summary>Whether the snapshot's tree is that of its parent.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>That most of the data suddenly changed and looks random; <see langword="null"/> when all is as usual.</summary>
    public BackupAlert? Alert { get; init; }

    /// <summary>Whether everything that was asked for is in the snapshot.</summary>
    public bool IsComplete => Problems.All(problem => problem.Severity == ProblemSeverity.Warning);
}
