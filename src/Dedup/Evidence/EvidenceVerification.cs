namespace Dedup.Evidence;

/// <summary>What a look at all evidence found.</summary>
/// <param name="PublicKey">The key that the records are signed with, 64 hexadecimal digits.</param>
/// <param name="Chains">The chains, the repository's own first.</param>
/// <param name="Findings">What is wrong.</param>
public sealed record EvidenceVerification(string PublicKey, IReadOnlyList<EvidenceChainState> Chains, IReadOnlyList<EvidenceFinding> Findings)
{
    /// <summary>How many records can be read.</summary>
    public long Records => Chains.Sum(static chain => chain.Records);

    /// <summary>Whether no record was changed, removed, added or moved, as far as anybody can tell.</summary>
    public bool IsIntact => !Findings.Any(static finding => finding.IsTampering);

    /// <summary>Whether there is a record of every snapshot that there should be one of.</summary>
    public bool IsComplete => Findings.All(static finding => finding.Kind != EvidenceFindingKind.Unrecorded);
}
