namespace Dedup.FormatReader;

/// <summary>Reads directories and lists of extents through their pages (section 11).</summary>
public sealed class SequenceReader(BlobIndex index)
{
    /// <summary>All nodes of a directory, sorted by name.</summary>
    public List<Node> Directory(string treeId)
    {
        var nodes = new List<Node>();
        Append(treeId, BlobEntry.Tree, null, TreePage.Parse, nodes, CheckTree);
        TreePage.CheckOrder([.. nodes.Select(node => node.Name)]);
        return nodes;
    }

    /// <summary>All extents of a file of <paramref name="size"/> bytes.</summary>
    public List<Extent> Extents(string listId, ulong size)
    {
        var extents = new List<Extent>();
        Append(listId, BlobEntry.List, null, ListPage.Parse, extents, CheckList);
        NodeParser.CheckSum(extents, size);
        return extents;
    }

    private void Append<T>(
        string id, byte kind, int? level, Func<byte[], Page<T>> parse, List<T> entries, Action<PageChild, List<T>> check)
    {
        Page<T> page = parse(index.Read(id, kind));
        if (level is not null && page.Level != level)
        {
            throw new RejectedException($"A page of level {page.Level} lies where level {level} belongs.");
        }

        entries.AddRange(page.Entries);
        foreach (PageChild child in page.Children)
        {
            var below = new List<T>();
            Append(child.BlobId, kind, page.Level - 1, parse, below, check);
            check(child, below);
            entries.AddRange(below);
        }
    }

    private static void CheckTree(PageChild child, List<Node> below)
    {
        if (child.Below != (ulong)below.Count || below.Count == 0 || !below[0].Name.AsSpan().SequenceEqual(child.FirstName))
        {
            throw new RejectedException("A page of a directory does not hold what the page above says.");
        }
    }

    private static void CheckList(PageChild child, List<Extent> below) => NodeParser.CheckSum(below, child.Below);
}
