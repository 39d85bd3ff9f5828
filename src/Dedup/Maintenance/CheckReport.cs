namespace Dedup.Maintenance;

/// <summary>What a check read and found.</summary>
/// <param name="Findings">What is worth telling, damage first.</param>
/// <param name="Snapshots">How many snapshots were checked.</param>
/// <param name="Packs">How many packs were checked.</param>
/// <param name="Blobs">How many blobs the packs hold.</param>
/// <param name="PacksRead">How many packs were read whole.</param>
/// <param name="BytesRead">Their length.</param>
/// <param name="Verification">How much of the repository has been read whole lately.</param>
public sealed record CheckReport(
    IReadOnlyList<CheckFinding> Findings, long Snapshots, long Packs, long Blobs, long PacksRead, long BytesRead, VerificationState Verification)
{
    /// <summary>Whether nothing is damaged or missing.</summary>
    public bool IsClean => !Findings.Any(finding => finding.IsDamage);
}
