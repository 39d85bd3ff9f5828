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
        SnapshotReader reader = new(context.Store, context.Keys, context.Seen);
        await foreach ((Snapshot? snapshot, CorruptDataException? damage) in reader.ReadAllAsync(context.CancellationToken).ConfigureAwait(false))
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

        foreach (SnapshotId missing in reader.Missing)
        {
            FindingKind kind = reader.MissingParents.Contains(missing) ? FindingKind.MissingParent : FindingKind.MissingSnapshot;
            context.Add(kind, RepositoryObjects.Snapshot(missing).Value, reader.DescribeMissing(missing));
        }

        context.TotalSnapshots = snapshots.Count;
        using BlobReader blobs = new(context.Store, context.Keys, context.Catalogue, context.OpenTrees());
        foreach (Snapshot snapshot in snapshots)
        {
            Walk(new TreeReader(blobs), snapshot);
            context.AddSnapshot();
        }
    }

    private void Walk(TreeReader trees, Snapshot snapshot)
    {
        Stack<(BlobId Tree, Step? Path)> directories = new();
        directories.Push((snapshot.Tree, null));
        while (directories.TryPop(out (BlobId Tree, Step? Path) directory))
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
                        directories.Push((node.Tree, Step.Into(directory.Path, node.Name)));
                    }
                }
            }
            catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
            {
                Report(exception, directory.Path, snapshot);
            }
        }
    }

    private void Look(TreeReader trees, Node node, Step? directory, Snapshot snapshot)
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
            Report(exception, new Step(directory, node.Name), snapshot);
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

    private void Report(Exception exception, Step? path, Snapshot snapshot)
    {
        string objectName = exception is CorruptDataException { ObjectName: var name } ? name : RepositoryObjects.Snapshot(snapshot.Id).Value;
        string place = path?.ToString() ?? "/";
        FindingKind kind = exception is BlobMissingException ? FindingKind.MissingBlob : FindingKind.UnreadableBlob;
        context.Add(new CheckFinding(kind, objectName, $"{place} of snapshot {snapshot.Id.ToShortString()}: {exception.Message}")
        {
            Snapshot = snapshot.Id,
            Path = place,
        });
    }

    /// <summary>A path as it is walked: a name below another path, so that a deep tree takes no more memory than its depth.</summary>
    /// <param name="Outer">The directory; <see langword="null"/> for the root.</param>
    /// <param name="Name">The name in it.</param>
    private sealed record Step(Step? Outer, EntryName Name)
    {
        /// <summary>How many names of a path are shown: the last ones, as many as Linux allows in a path.</summary>
        private const int MaxShown = 2048;

        private int Depth { get; } = (Outer?.Depth ?? 0) + 1;

        /// <exception cref="CorruptDataException">Directories nest too deep.</exception>
        public static Step Into(Step? outer, EntryName name) =>
            outer?.Depth < Limits.MaxDepth || outer is null
                ? new Step(outer, name)
                : throw new CorruptDataException($"directory '{name}'", -1, $"directories nest deeper than {Limits.MaxDepth}");

        public override string ToString()
        {
            Stack<string> names = new();
            Step? step = this;
            for (; step is not null && names.Count < MaxShown; step = step.Outer)
            {
                names.Push(step.Name.ToString());
            }

            return (step is null ? "/" : ".../") + string.Join('/', names);
        }
    }
}
