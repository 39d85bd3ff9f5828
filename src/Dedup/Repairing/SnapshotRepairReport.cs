namespace Dedup.Repairing;

/// <summary>What a repair of snapshots did, or would do.</summary>
/// <param name="Problems">What is damaged, each once however many snapshots share it.</param>
/// <param name="SnapshotsRead">How many snapshots were looked at.</param>
/// <param name="Repaired">Those for which a new one was made, or would be. One whose replacement of an earlier repair says the same is not among them.</param>
public sealed record SnapshotRepairReport(IReadOnlyList<RepairProblem> Problems, long SnapshotsRead, IReadOnlyList<RepairedSnapshot> Repaired)
{
    /// <summary>Whether every snapshot is whole or has a replacement that is.</summary>
    public bool IsComplete => Problems.All(problem => problem.Kind is RepairProblemKind.DamagedFile or RepairProblemKind.DamagedDirectory);
}
