using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Repairing;

/// <summary>Makes nodes of what can be read of their content and attributes. One thread at a time.</summary>
/// <param name="trees">Reads lists of extents.</param>
/// <param name="data">Tells which chunks are whole.</param>
/// <param name="store">Takes the pages of new lists.</param>
internal sealed class FileRepair(TreeReader trees, SuspectBlobs data, Func<BlobKind, ReadOnlySpan<byte>, BlobId> store)
{
    /// <summary>Looks at a node's own parts, not at what lies below a directory.</summary>
    /// <param name="node">The node.</param>
    /// <param name="lostBytes">How many bytes of the file are lost.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The node with what is left, marked; <see langword="null"/> when nothing is wrong with it.</returns>
    public Node? TryRepair(Node node, out long lostBytes, CancellationToken cancellationToken)
    {
        lostBytes = 0;
        NodeXattr[] xattrs = [.. node.Xattrs.Where(xattr => xattr.Value is not null || data.IsReadable(xattr.Blob, xattr.Length, cancellationToken))];
        bool isDamaged = xattrs.Length < node.Xattrs.Count;
        Node repaired = node with { Xattrs = xattrs, Remarks = node.Remarks | NodeRemarks.Damaged };
        if (node.Metadata.Type == NodeType.File && IsContentDamaged(node, cancellationToken))
        {
            isDamaged = true;
            repaired = WithWhatIsLeft(repaired, out lostBytes, cancellationToken);
        }

        return isDamaged ? repaired : null;
    }

    private bool IsContentDamaged(Node node, CancellationToken cancellationToken)
    {
        try
        {
            return trees.ReadExtents(node, cancellationToken).Any(extent => IsLost(extent, cancellationToken));
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            return true;
        }
    }

    private Node WithWhatIsLeft(Node node, out long lostBytes, CancellationToken cancellationToken)
    {
        // Holes that were there before are no loss: what is lost is what was no hole.
        long size = node.Metadata.Size, kept = 0, lost = 0;
        bool isPageLost = false;
        ListWriter list = new(store);
        try
        {
            foreach (Extent extent in trees.ReadExtents(node, cancellationToken, lost: (_, _) => isPageLost = true))
            {
                bool isLost = (isPageLost && extent.IsHole) || IsLost(extent, cancellationToken);
                isPageLost = false;
                lost += isLost ? extent.Length : 0;
                kept += extent.Length;
                list.Add(isLost ? Extent.Hole(extent.Length) : extent);
            }
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            // The pages contradict each other: where what is left of them belongs cannot be told.
            (kept, lost, list) = (0, size, new ListWriter(store));
        }

        if (kept < size)
        {
            list.Add(Extent.Hole(size - kept));
        }

        lostBytes = lost;
        (BlobId pages, IReadOnlyList<Extent> inline) = list.Finish();
        return node with { List = pages, Extents = inline };
    }

    private bool IsLost(Extent extent, CancellationToken cancellationToken) =>
        !extent.IsHole && !data.IsReadable(extent.Blob, extent.Length, cancellationToken);
}
