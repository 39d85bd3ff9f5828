namespace Dedup.Repairing;

/// <summary>What a repair of packs did, or would do.</summary>
/// <param name="Problems">Damaged and missing packs, and the blobs that are lost.</param>
/// <param name="PacksRead">How many packs were read whole.</param>
/// <param name="BytesRead">Their length.</param>
/// <param name="PacksDamaged">How many of them are damaged.</param>
/// <param name="BlobsSalvaged">How many whole blobs of damaged packs were copied into new packs.</param>
/// <param name="BlobsHealed">How many blobs were taken from the replica.</param>
/// <param name="BlobsLost">How many blobs of damaged and missing packs are whole nowhere.</param>
public sealed record PackRepairReport(
    IReadOnlyList<RepairProblem> Problems, long PacksRead, long BytesRead, long PacksDamaged, long BlobsSalvaged, long BlobsHealed, long BlobsLost)
{
    /// <summary>Whether every blob that is known of is whole now.</summary>
    public bool IsComplete => BlobsLost == 0;
}
