using Dedup.Format;

namespace Dedup.Catalogue;

/// <summary>
/// What the store holds that the catalogue does not know yet, and the reverse. What is known already, or gone already,
/// may be named again: it changes nothing. Within one change additions come first, then removals; a pack that is both
/// added and gone is gone.
/// </summary>
internal sealed record CatalogueChange
{
    /// <summary>Index segments that were read.</summary>
    public IReadOnlyList<CatalogueSegment> SegmentsAdded { get; init; } = [];

    /// <summary>Index segments that the store no longer holds. Their packs stay known, though perhaps unlisted.</summary>
    public IReadOnlyList<Bytes32> SegmentsRemoved { get; init; } = [];

    /// <summary>Packs that no segment lists, by their footers.</summary>
    public IReadOnlyList<PackDirectory> PacksAdded { get; init; } = [];

    /// <summary>Packs that the store no longer holds: their blobs are forgotten.</summary>
    public IReadOnlyList<PackId> PacksGone { get; init; } = [];
}
