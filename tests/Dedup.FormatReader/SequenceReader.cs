namespace Dedup.FormatReader;

/// <summary>Reads directories and lists of extents through their pages (section 11).</summary>
public sealed class SequenceReader(BlobIndex index)
{
    /// <summary>All nodes of a directory, sorted by name.</summary>
    public List<Node> Directory(string treeId)
    {
        var nodes = new List<Node>();
        Append(treeId, BlobEntry.Tree, null, TreePage.Parse, nodes);
        TreePage.CheckOrder([.. nodes.Select(node => node.Name)]);
        return nodes;
    }

    /// <summary>All extents of a file of <paramref name="size"/> bytes.</summary>
    public List<Extent> Extents(string listId, ulong size)
    {
        var extents = new List<Extent>();
        Append(listId, BlobEntry.List, null, ListPage.Parse, extents);
        NodeParser.CheckSum(extents, size);
        return extents;
    }

    // What a page says of those below (number, length, first name) helps to find a place; a reader of everything has no need of it.
    private void Append<T>(string id, byte kind, int? level, Func<byte[], Page<T>> parse, List<T> entries)
    {
        Page<T> page = parse(index.Read(id, kind));
        if (level is not null && page.Level != level)
        {
            throw new RejectedException($"A page of level {page.Level} lies where level {level} belongs.");
        }

        entries.AddRange(page.Entries);
        page.Children.ForEach(child => Append(child.BlobId, kind, page.Level - 1, parse, entries));
    }
}
