using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup.Repairing;

/// <summary>Finds the blobs that snapshots need and that nothing lists, as far as what is there shows. One thread at a time.</summary>
internal sealed class UnlistedBlobs(CatalogueDatabase catalogue, TreeReader trees)
{
    private readonly HashSet<BlobId> _walked = [];
    private readonly HashSet<BlobId> _seen = [];
    private readonly Dictionary<BlobId, BlobKind> _found = [];

    /// <exception cref="Storage.StoreException">The store failed.</exception>
    public IReadOnlyDictionary<BlobId, BlobKind> Find(IEnumerable<Snapshot> snapshots, CancellationToken cancellationToken)
    {
        Stack<BlobId> directories = new(snapshots.Select(snapshot => snapshot.Tree));
        while (directories.TryPop(out BlobId directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_walked.Add(directory))
            {
                Walk(directory, directories, cancellationToken);
            }
        }

        return _found;
    }

    private void Walk(BlobId directory, Stack<BlobId> directories, CancellationToken cancellationToken)
    {
        try
        {
            foreach (Node node in trees.ReadNodes(directory, cancellationToken, lost: (page, exception) => Note(page, BlobKind.Tree, exception)))
            {
                foreach (NodeXattr xattr in node.Xattrs.Where(xattr => xattr.Value is null))
                {
                    Look(xattr.Blob);
                }

                if (node.Metadata.Type == NodeType.Directory)
                {
                    directories.Push(node.Tree);
                }
                else if (node.List.IsZero || _walked.Add(node.List))
                {
                    foreach (Extent extent in trees.ReadExtents(node, cancellationToken, lost: (page, exception) => Note(page, BlobKind.List, exception))
                        .Where(extent => !extent.IsHole))
                    {
                        Look(extent.Blob);
                    }
                }
            }
        }
        catch (CorruptDataException)
        {
            // Pages that contradict each other: no other copy of them would be better.
        }
    }

    private void Note(BlobId page, BlobKind kind, Exception exception)
    {
        if (exception is BlobMissingException)
        {
            _found[page] = kind;
        }
    }

    private void Look(BlobId blob)
    {
        if (_seen.Add(blob) && catalogue.FindAll(blob).Count == 0)
        {
            catalogue.RequireNew(blob);
            _found[blob] = BlobKind.Data;
        }
    }
}
