using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Content;

/// <summary>
/// Reads directories by their pages of entries, so that what two of them share need not be read: equal pages hold equal entries, and no name is in
/// two pages of one directory. One thread at a time.
/// </summary>
internal sealed class DirectoryPages(BlobReader blobs)
{
    private readonly TextPool _names = new();
    private (BlobId Page, Node[] Nodes) _last;

    /// <summary>The pages that hold a directory's entries, in order of their names.</summary>
    /// <param name="tree">The directory's tree.</param>
    /// <param name="visitPage">Called with each page that stands above them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BlobMissingException">A page is in no pack.</exception>
    /// <exception cref="CorruptDataException">A page is damaged.</exception>
    public IReadOnlyList<BlobId> Leaves(BlobId tree, Action<BlobId> visitPage, CancellationToken cancellationToken)
    {
        List<BlobId> leaves = [];
        Stack<(BlobId Page, int Level)> open = new();
        open.Push((tree, -1));
        while (open.TryPop(out (BlobId Page, int Level) next))
        {
            if (next.Level == 0)
            {
                leaves.Add(next.Page);
                continue;
            }

            (int level, Node[] nodes, TreeBranch[] branches) = ReadPage(next.Page, cancellationToken);
            if (next.Level >= 0 && level != next.Level)
            {
                throw new CorruptDataException($"blob {next.Page}", -1, $"a page of level {level} where {next.Level} is due");
            }

            if (level == 0)
            {
                leaves.Add(next.Page);
                _last = (next.Page, nodes);
                continue;
            }

            visitPage(next.Page);
            foreach (TreeBranch branch in branches.Reverse())
            {
                open.Push((branch.Page, level - 1));
            }
        }

        return leaves;
    }

    /// <summary>The entries of one of the <see cref="Leaves"/>.</summary>
    /// <inheritdoc cref="Leaves"/>
    public Node[] Read(BlobId leaf, CancellationToken cancellationToken)
    {
        if (_last.Nodes is not null && _last.Page == leaf)
        {
            return _last.Nodes;
        }

        (int level, Node[] nodes, _) = ReadPage(leaf, cancellationToken);
        return level == 0 ? nodes : throw new CorruptDataException($"blob {leaf}", -1, $"a page of level {level} where 0 is due");
    }

    private (int Level, Node[] Nodes, TreeBranch[] Branches) ReadPage(BlobId page, CancellationToken cancellationToken)
    {
        ByteReader reader = new(blobs.Read(page, BlobKind.Tree, cancellationToken), $"blob {page}");
        int level = PageFormat.ReadHeader(ref reader, out int count);
        return level == 0 ? (0, PageFormat.ReadNodes(ref reader, count, _names), []) : (level, [], PageFormat.ReadTreeBranches(ref reader, count));
    }
}
