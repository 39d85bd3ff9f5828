using Dedup.Catalogue;

namespace Dedup.Pruning;

/// <summary>Which index segments a prune writes anew.</summary>
internal static class SegmentSelection
{
    /// <summary>A segment of fewer packs is small. So many of them are merged: each backup leaves one, and each costs whoever reads the index a request.</summary>
    private const int SmallPacks = 16, SmallSegments = 32;

    /// <returns>The segments that list a pack that goes, and the small ones where there are many.</returns>
    public static IReadOnlyList<ListedPacks> ToRewrite(IReadOnlyList<ListedPacks> segments, IReadOnlySet<PackId> doomed)
    {
        bool areManySmall = segments.Count(IsSmall) >= SmallSegments;
        return [.. segments.Where(segment => segment.Packs.Any(doomed.Contains) || (areManySmall && IsSmall(segment)))];
    }

    private static bool IsSmall(ListedPacks segment) => segment.Packs.Count < SmallPacks;
}
