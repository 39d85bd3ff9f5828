namespace Dedup.Format;

/// <summary>What an index segment says: some packs with all their blobs, and the segments it takes the place of.</summary>
/// <param name="Packs">The packs, each with its entries in order of their ordinals.</param>
/// <param name="Replaced">Segments whose packs this one lists again.</param>
internal sealed record IndexSegment(IReadOnlyList<PackDirectory> Packs, IReadOnlyList<Bytes32> Replaced);
