using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>What one of two snapshots has of what differs.</summary>
internal sealed class DifferenceSide(TreeReader trees)
{
    private readonly HashSet<BlobId> _data = [], _pages = [];
    private long _files, _directories, _others;

    public void AddPage(BlobId page) => _pages.Add(page);

    /// <summary>Counts an entry that only this side has.</summary>
    public void Count(Node node)
    {
        _files += node.Metadata.Type == NodeType.File ? 1 : 0;
        _directories += node.Metadata.Type == NodeType.Directory ? 1 : 0;
        _others += node.Metadata.Type is NodeType.File or NodeType.Directory ? 0 : 1;
    }

    /// <summary>Notes the blobs of an entry; a directory's are noted as it is read.</summary>
    public void AddBlobs(Node node, CancellationToken cancellationToken)
    {
        _data.UnionWith(node.Xattrs.Where(xattr => xattr.Value is null).Select(xattr => xattr.Blob));
        if (node.Metadata.Type == NodeType.File)
        {
            _data.UnionWith(trees.ReadExtents(node, cancellationToken, AddPage).Where(extent => !extent.IsHole).Select(extent => extent.Blob));
        }
    }

    /// <summary>What this side has and the other has not.</summary>
    public DifferenceTotals Without(DifferenceSide other, CatalogueDatabase catalogue)
    {
        BlobId[] data = [.. _data.Where(blob => !other._data.Contains(blob))], pages = [.. _pages.Where(page => !other._pages.Contains(page))];
        long bytes = catalogue.FindEach(data).Concat(catalogue.FindEach(pages)).Sum(location => (long?)location?.Entry.PlainLength ?? 0);
        return new DifferenceTotals(_files, _directories, _others, data.Length, pages.Length, bytes);
    }
}
