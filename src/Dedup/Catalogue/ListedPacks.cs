namespace Dedup.Catalogue;

/// <summary>The packs that an index segment lists.</summary>
/// <param name="Segment">The segment's name in the store.</param>
/// <param name="Packs">The packs that were there when the segment was taken up.</param>
internal sealed record ListedPacks(Bytes32 Segment, IReadOnlyList<PackId> Packs);
