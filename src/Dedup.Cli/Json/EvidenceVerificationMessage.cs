using System.Text.Json.Serialization;
using Dedup.Evidence;

namespace Dedup.Cli.Json;

/// <summary>What a verification of the evidence found.</summary>
/// <param name="Intact">Whether no record was changed, removed, added or moved.</param>
/// <param name="Complete">Whether there is a record of every snapshot.</param>
/// <param name="Records">How many records can be read.</param>
/// <param name="PublicKey">The key that they are signed with.</param>
/// <param name="Chains">Where each chain ends.</param>
/// <param name="Findings">What is wrong.</param>
internal sealed record EvidenceVerificationMessage(
    bool Intact, bool Complete, long Records, string PublicKey, EvidenceChainDetail[] Chains, EvidenceFindingDetail[] Findings)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "evidence_verification";

    public static EvidenceVerificationMessage From(EvidenceVerification verification) => new(
        verification.IsIntact, verification.IsComplete, verification.Records, verification.PublicKey,
        [.. verification.Chains.Select(static chain => new EvidenceChainDetail($"{chain.Chain:x16}", chain.Records, chain.LastNumber, chain.LastHash, chain.LastTime))],
        [.. verification.Findings.Select(static finding => new EvidenceFindingDetail(EvidenceDocument.Word(finding.Kind), finding.ObjectName, finding.Message))]);
}
