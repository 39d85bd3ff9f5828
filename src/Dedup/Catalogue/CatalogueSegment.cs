using Dedup.Format;

namespace Dedup.Catalogue;

/// <summary>An index segment as the catalogue takes it up.</summary>
/// <param name="Id">The segment's name in the store.</param>
/// <param name="Packs">The packs that it lists, with all they hold.</param>
internal sealed record CatalogueSegment(Bytes32 Id, IReadOnlyList<PackDirectory> Packs);
