using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Format;
using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup.Maintenance;

/// <summary>Walks every tree and list that the snapshots need, each once, and looks whether every blob is where the index says.</summary>
internal sealed class SnapshotCheck(CheckContext context)
{
    private readonly HashSet<BlobId> _walked = [];
    private readonly HashSet<BlobId> _seen = [];

    /// <exception cref="Dedup.Storage.StoreException">The store failed.</exception>
    public async Task RunAsync()
    {
        List<Snapshot> snapshots = [];
        await foreach ((Snapshot? snapshot, CorruptDataException? damage) in
            new SnapshotReader(context.Store, context.Keys).ReadAllAsync(context.CancellationToken).ConfigureAwait(false))
        {
            if (snapshot is not null)
            {
                snapshots.Add(snapshot);
            }
            else
            {
                context.Add(damage!);
            }
        }

        context.TotalSnapshots = snapshots.Count;
        using BlobReader blobs = new(context.Store, context.Keys, context.Catalogue);
        foreach (Snapshot snapshot in snapshots)
        {
            Walk(new TreeReader(blobs), snapshot);
            context.AddSnapshot();
        }
    }

    private void Walk(TreeReader trees, Snapshot snapshot)
    {
        Stack<(BlobId Tree, string Path)> directories = new();
        directories.Push((snapshot.Tree, "/"));
        while (directories.TryPop(out (BlobId Tree, string Path) directory))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (!_walked.Add(directory.Tree))
            {
                continue;
            }

            try
            {
                foreach (Node node in trees.ReadNodes(directory.Tree, context.CancellationToken))
                {
                    Look(trees, node, directory.Path, snapshot);
                    if (node.Metadata.Type == NodeType.Directory)
                    {
                        directories.Push((node.Tree, $"{directory.Path}{node.Name}/"));
                    }
                }
            }
            catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
            {
                Report(exception, directory.Path, snapshot);
            }
        }
    }

    private void Look(TreeReader trees, Node node, string directory, Snapshot snapshot)
    {
        try
        {
            foreach (NodeXattr xattr in node.Xattrs)
            {
                if (xattr.Value is null)
                {
                    Look(xattr.Blob, xattr.Length);
                }
            }

            if (node.Metadata.Type == NodeType.File && (node.List.IsZero || _walked.Add(node.List)))
            {
                foreach (Extent extent in trees.ReadExtents(node, context.CancellationToken))
                {
                    if (!extent.IsHole)
                    {
                        Look(extent.Blob, extent.Length);
                    }
                }
            }
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            Report(exception, directory + node.Name, snapshot);
        }
    }

    private void Look(BlobId blob, long length)
    {
        if (!_seen.Add(blob))
        {
            return;
        }

        IReadOnlyList<BlobLocation> locations = context.Catalogue.FindAll(blob);
        if (locations.Count == 0)
        {
            context.Catalogue.RequireNew(blob);
            throw new BlobMissingException(blob);
        }

        PackEntry entry = locations[0].Entry;
        if (entry.Kind != BlobKind.Data || entry.PlainLength != length)
        {
            throw new CorruptDataException(
                RepositoryObjects.Pack(locations[0].Pack).Value, entry.Offset, $"blob {blob} is not what a file needs it to be");
        }
    }

    private void Report(Exception exception, string path, Snapshot snapshot)
    {
        string objectName = exception is CorruptDataException { ObjectName: var name } ? name : RepositoryObjects.Snapshot(snapshot.Id).Value;
        context.Add(FindingKind.UnreadableBlob, objectName, $"{path} of snapshot {snapshot.Id.ToShortString()}: {exception.Message}");
    }
}
