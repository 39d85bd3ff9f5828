namespace Dedup.Tests.Format;

/// <summary>Vectors of pages of lists (sections 11 and 13).</summary>
internal static class VectorGeneratorList
{
    private const string Kind = "list";

    public static IEnumerable<FormatVector> All()
    {
        var leaf = new PageParts(0, NodeParts.Extent(1, 64 << 20), NodeParts.Extent(0, long.MaxValue), NodeParts.Extent(2, 1));
        yield return Accept("extents", leaf, (1, 64 << 20), (0, long.MaxValue), (2, 1));
        yield return Accept("nothing in it", new PageParts(0));
        var branch = new PageParts(1, NodeParts.Extent(3, 5_000_000_000), NodeParts.Extent(4, 1));
        yield return Accept("branches", branch, (3, 5_000_000_000), (4, 1));

        foreach ((string name, string rule, byte[] content) in leaf.Wrong())
        {
            yield return new FormatVector(Kind, name, rule, content, null);
        }

        foreach ((string name, string rule, byte[] content) in branch.Wrong())
        {
            yield return new FormatVector(Kind, "branches " + name, rule, content, null);
        }

        yield return Reject("4097 extents", "a page has at most 4096 entries", new PageParts(0, [.. Enumerable.Repeat(NodeParts.Extent(1, 1), 4097)]));
        yield return Reject("empty extent", "an extent is not empty", new PageParts(0, NodeParts.Extent(1, 0)));
        yield return Reject("empty hole", "an extent is not empty", new PageParts(0, NodeParts.Extent(0, 0)));
        yield return Reject("extent too long", "a chunk has at most 64 MiB", new PageParts(0, NodeParts.Extent(1, (64 << 20) + 1)));
        yield return Reject("hole beyond 63 bits", "a length is below 2^63", new PageParts(0, NodeParts.Extent(0, 1UL << 63)));
        yield return Reject("bytes below beyond 63 bits", "a sum is below 2^63", new PageParts(1, NodeParts.Extent(1, 1UL << 63)));
    }

    private static FormatVector Accept(string name, PageParts page, params (byte Id, long Length)[] entries) => new(
        Kind, name, "a whole page", page.Build(),
        [("level", $"{page.Level}"), .. entries.Select((entry, place) => ($"entry {place}", $"{Convert.ToHexStringLower(VectorKeys.Id(entry.Id))} {entry.Length}"))]);

    private static FormatVector Reject(string name, string rule, PageParts page) => new(Kind, name, rule, page.Build(), null);
}
