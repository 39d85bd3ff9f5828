using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Content;

/// <summary>Reads directories and chunk lists page by page, in order, never more than a page a level in memory. One thread at a time.</summary>
internal sealed partial class TreeReader(BlobReader blobs)
{
    private readonly TextPool _names = new();

    /// <summary>The nodes of a directory, sorted by name.</summary>
    /// <param name="tree">The directory's tree.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="visitPage">Called with each page before it is read.</param>
    /// <param name="lost">Called with each page that cannot be read, which is then passed over; without it the reading ends there.</param>
    /// <exception cref="BlobMissingException">A page is in no pack.</exception>
    /// <exception cref="CorruptDataException">A page is damaged or contradicts the page above.</exception>
    public IEnumerable<Node> ReadNodes(BlobId tree, CancellationToken cancellationToken, Action<BlobId>? visitPage = null, Action<BlobId, Exception>? lost = null)
    {
        EntryName? previous = null;
        Stack<(BlobId Page, int Level)> pages = new();
        pages.Push((tree, AnyLevel));
        while (pages.TryPop(out (BlobId Page, int Level) next))
        {
            visitPage?.Invoke(next.Page);
            (int Level, Node[] Nodes, TreeBranch[] Branches) read;
            try
            {
                read = ReadTreePage(next.Page, next.Level, cancellationToken);
            }
            catch (Exception exception) when (lost is not null && exception is (CorruptDataException or BlobMissingException))
            {
                lost(next.Page, exception);
                continue;
            }

            (int level, Node[] nodes, TreeBranch[] branches) = read;
            for (int i = branches.Length - 1; i >= 0; i--)
            {
                pages.Push((branches[i].Page, level - 1));
            }

            foreach (Node node in nodes)
            {
                if (previous is { } before && before >= node.Name)
                {
                    throw new CorruptDataException(Describe(next.Page), -1, $"the name '{node.Name}' twice or out of order");
                }

                previous = node.Name;
                yield return node;
            }
        }
    }

    /// <summary>Finds an entry of a directory: a page a level is read, however large the directory is.</summary>
    /// <returns><see langword="null"/> when there is none of that name.</returns>
    /// <exception cref="BlobMissingException">A page is in no pack.</exception>
    /// <exception cref="CorruptDataException">A page is damaged or contradicts the page above.</exception>
    public Node? Find(BlobId tree, EntryName name, CancellationToken cancellationToken)
    {
        (int level, Node[] nodes, TreeBranch[] branches) = ReadTreePage(tree, AnyLevel, cancellationToken);
        while (level > 0)
        {
            // The last page that begins with the name or before it; in none before the first.
            TreeBranch branch = Array.FindLast(branches, branch => branch.FirstName <= name);
            if (branch.Page.IsZero)
            {
                return null;
            }

            (level, nodes, branches) = ReadTreePage(branch.Page, level - 1, cancellationToken);
        }

        return Array.Find(nodes, node => node.Name == name);
    }

    /// <summary>The extents of a file, from its node or its list.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="visitPage">Called with each page before it is read.</param>
    /// <param name="lost">Called with each page that cannot be read and the bytes of the file that it stands for, which then read as a hole;
    /// without it the reading ends there.</param>
    /// <inheritdoc cref="ReadNodes"/>
    public IEnumerable<Extent> ReadExtents(
        Node file, CancellationToken cancellationToken, Action<BlobId>? visitPage = null, Action<BlobId, Exception>? lost = null)
    {
        if (file.List.IsZero)
        {
            foreach (Extent extent in file.Extents)
            {
                yield return extent;
            }

            yield break;
        }

        long left = file.Metadata.Size;
        Stack<(BlobId Page, int Level, long Bytes)> pages = new();
        pages.Push((file.List, AnyLevel, left));
        while (pages.TryPop(out (BlobId Page, int Level, long Bytes) next))
        {
            visitPage?.Invoke(next.Page);
            (int Level, Extent[] Extents, ListBranch[] Branches) read;
            try
            {
                read = ReadListPage(next.Page, next.Level, cancellationToken);
            }
            catch (Exception exception) when (lost is not null && exception is (CorruptDataException or BlobMissingException))
            {
                lost(next.Page, exception);
                read = (0, next.Bytes > 0 ? [Extent.Hole(next.Bytes)] : [], []);
            }

            for (int i = read.Branches.Length - 1; i >= 0; i--)
            {
                pages.Push((read.Branches[i].Page, read.Level - 1, read.Branches[i].Bytes));
            }

            foreach (Extent extent in read.Extents)
            {
                left = extent.Length <= left
                    ? left - extent.Length
                    : throw new CorruptDataException(Describe(next.Page), -1, $"its extents are longer than the file '{file.Name}'");
                yield return extent;
            }
        }

        if (left != 0)
        {
            throw new CorruptDataException(Describe(file.List), -1, $"its extents are shorter than the file '{file.Name}'");
        }
    }

    private const int AnyLevel = -1;

    private static string Describe(BlobId page) => $"blob {page}";

    private static int ReadHeader(ref ByteReader reader, int expectedLevel, out int count)
    {
        int level = PageFormat.ReadHeader(ref reader, out count);
        return expectedLevel == AnyLevel || level == expectedLevel
            ? level
            : throw reader.Corrupt($"a page of level {level} where {expectedLevel} is due");
    }

    private (int Level, Node[] Nodes, TreeBranch[] Branches) ReadTreePage(BlobId page, int expectedLevel, CancellationToken cancellationToken)
    {
        ByteReader reader = new(blobs.Read(page, BlobKind.Tree, cancellationToken), Describe(page));
        int level = ReadHeader(ref reader, expectedLevel, out int count);
        return level == 0
            ? (0, PageFormat.ReadNodes(ref reader, count, _names), [])
            : (level, [], PageFormat.ReadTreeBranches(ref reader, count));
    }

    private (int Level, Extent[] Extents, ListBranch[] Branches) ReadListPage(BlobId page, int expectedLevel, CancellationToken cancellationToken)
    {
        ByteReader reader = new(blobs.Read(page, BlobKind.List, cancellationToken), Describe(page));
        int level = ReadHeader(ref reader, expectedLevel, out int count);
        return level == 0
            ? (0, PageFormat.ReadExtents(ref reader, count), [])
            : (level, [], PageFormat.ReadListBranches(ref reader, count));
    }
}
