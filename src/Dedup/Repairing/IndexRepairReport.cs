namespace Dedup.Repairing;

/// <summary>What a repair of the index did, or would do.</summary>
/// <param name="Problems">Damaged segments, missing packs, and packs whose content cannot be told.</param>
/// <param name="Packs">How many packs there are.</param>
/// <param name="PacksListed">How many of them no readable segment listed rightly: new segments do.</param>
/// <param name="BlobsListed">How many blobs these hold.</param>
public sealed record IndexRepairReport(IReadOnlyList<RepairProblem> Problems, long Packs, long PacksListed, long BlobsListed)
{
    /// <summary>Whether the index now lists every pack, and no pack that is not there.</summary>
    public bool IsWhole => Problems.All(problem => problem.Kind == RepairProblemKind.DamagedObject && problem.ObjectName.StartsWith(RepositoryObjects.Index + "/", StringComparison.Ordinal));
}
