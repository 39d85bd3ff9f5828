using Dedup.Catalogue;
using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Content;

/// <summary>Reads single pages for what they refer to. One thread at a time.</summary>
internal sealed class PageReader(BlobReader blobs)
{
    private readonly TextPool _names = new();

    /// <summary>What a page refers to.</summary>
    /// <exception cref="BlobMissingException">The page is in no pack.</exception>
    /// <exception cref="CorruptDataException">The page is damaged.</exception>
    /// <exception cref="Dedup.Storage.StoreException">The store failed.</exception>
    public PageReferences Read(BlobId page, BlobKind kind, CancellationToken cancellationToken)
    {
        ByteReader reader = new(blobs.Read(page, kind, cancellationToken), $"blob {page}");
        int level = PageFormat.ReadHeader(ref reader, out int count);
        return (kind, level) switch
        {
            (BlobKind.Tree, 0) => OfNodes(PageFormat.ReadNodes(ref reader, count, _names)),
            (BlobKind.Tree, _) => new PageReferences([.. PageFormat.ReadTreeBranches(ref reader, count).Select(branch => branch.Page)], [], []),
            (BlobKind.List, 0) => new PageReferences([], [], [.. OfExtents(PageFormat.ReadExtents(ref reader, count))]),
            (BlobKind.List, _) => new PageReferences([], [.. PageFormat.ReadListBranches(ref reader, count).Select(branch => branch.Page)], []),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only trees and lists have pages."),
        };
    }

    private static PageReferences OfNodes(Node[] nodes)
    {
        List<BlobId> trees = [], lists = [];
        List<ulong> data = [];
        foreach (Node node in nodes)
        {
            data.AddRange(node.Xattrs.Where(xattr => xattr.Value is null).Select(xattr => xattr.Blob.Bytes.Prefix));
            if (node.Metadata.Type == NodeType.Directory)
            {
                trees.Add(node.Tree);
            }
            else if (node.Metadata.Type == NodeType.File && !node.List.IsZero)
            {
                lists.Add(node.List);
            }
            else if (node.Metadata.Type == NodeType.File)
            {
                data.AddRange(OfExtents(node.Extents));
            }
        }

        return new PageReferences(trees, lists, data);
    }

    private static IEnumerable<ulong> OfExtents(IEnumerable<Extent> extents) =>
        extents.Where(extent => !extent.IsHole).Select(extent => extent.Blob.Bytes.Prefix);
}
