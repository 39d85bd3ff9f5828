namespace Dedup.Evidence;

/// <summary>What lies where a record belongs.</summary>
/// <param name="ObjectName">Its name in the store; in an export, the line.</param>
/// <param name="Chain">The chain that it belongs to by its name.</param>
/// <param name="Number">Its number by its name.</param>
/// <param name="Record">The record; <see langword="null"/> when it is damaged.</param>
/// <param name="Damage">What is wrong with it; empty when nothing is.</param>
internal sealed record EvidenceItem(string ObjectName, ulong Chain, long Number, EvidenceRecord? Record, string Damage)
{
    /// <summary>The signed bytes.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>Their signature.</summary>
    public byte[] Signature { get; init; } = [];
}
