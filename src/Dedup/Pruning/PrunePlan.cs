namespace Dedup.Pruning;

/// <summary>What a prune is going to do.</summary>
/// <param name="Dead">Packs of which nothing is needed.</param>
/// <param name="Repacked">Packs whose needed blobs are copied to new packs.</param>
/// <param name="UnusedBytesLeft">Bytes of unneeded records in the packs that stay.</param>
internal sealed record PrunePlan(IReadOnlyList<PackUse> Dead, IReadOnlyList<PackUse> Repacked, long UnusedBytesLeft)
{
    /// <summary>The packs that are to go.</summary>
    public IEnumerable<PackUse> Condemned => Dead.Concat(Repacked);
}
