namespace Dedup.Maintenance;

/// <summary>What a check read and found.</summary>
/// <param name="Findings">What is worth telling, damage first.</param>
/// <param name="Snapshots">How many snapshots were checked.</param>
/// <param name="Packs">How many packs were checked.</param>
/// <param name="Blobs">How many blobs the packs hold.</param>
/// <param name="BytesRead">How many bytes of packs were read whole.</param>
public sealed record CheckReport(IReadOnlyList<CheckFinding> Findings, long Snapshots, long Packs, long Blobs, long BytesRead)
{
    /// <summary>Whether nothing is damaged or missing.</summary>
    public bool IsClean => Findings.All(finding => finding.Kind == FindingKind.UnlistedPack);
}
