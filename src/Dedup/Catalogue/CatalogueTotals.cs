namespace Dedup.Catalogue;

/// <summary>What the catalogue holds in all.</summary>
/// <param name="Packs">The number of packs.</param>
/// <param name="Blobs">The number of blobs; one that lies in two packs counts twice.</param>
/// <param name="StoredBytes">The sum of the packs' lengths.</param>
internal readonly record struct CatalogueTotals(long Packs, long Blobs, long StoredBytes);
