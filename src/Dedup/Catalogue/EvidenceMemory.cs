namespace Dedup.Catalogue;

/// <summary>What a machine remembers of the evidence of a repository in one place.</summary>
/// <param name="Head">The last record that it wrote or saw; <see langword="null"/> when it never did.</param>
/// <param name="Deeds">What was begun and is not on record yet: the id of each, and what is to be recorded, sealed.</param>
internal sealed record EvidenceMemory(EvidenceHead? Head, IReadOnlyList<(byte[] Operation, byte[] Content)> Deeds)
{
    /// <summary>Nothing.</summary>
    public static EvidenceMemory None { get; } = new(null, []);
}
