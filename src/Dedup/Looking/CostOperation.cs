using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Format;
using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>Finds out what a snapshot costs.</summary>
/// <param name="blobs">Where pages are read.</param>
/// <param name="catalogue">Where blobs lie.</param>
/// <param name="newLive">Makes a search for what snapshots need.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class CostOperation(BlobReader blobs, CatalogueDatabase catalogue, Func<LiveBlobs> newLive, CancellationToken cancellationToken)
{
    private readonly DirectoryPages _pages = new(blobs);
    private readonly TreeReader _trees = new(blobs);
    private readonly CostTable _table = new();

    /// <param name="snapshot">The snapshot.</param>
    /// <param name="others">All others.</param>
    /// <param name="before">The one with which it is compared.</param>
    /// <param name="directories">How many directories to tell of each kind.</param>
    /// <exception cref="BlobMissingException">A page is in no pack.</exception>
    /// <exception cref="CorruptDataException">A page is damaged.</exception>
    public async Task<SnapshotCost> RunAsync(Snapshot snapshot, IEnumerable<Snapshot> others, Snapshot? before, int directories)
    {
        using LiveBlobs needed = newLive();
        await needed.AddAsync([snapshot.Tree]).ConfigureAwait(false);
        ContentStatistics stored = RawDataCount.Count(1, catalogue, needed.Contains, cancellationToken);

        BlobSet unique = new();
        using LiveBlobs all = newLive();
        await all.AddAsync(others.Select(other => other.Tree)).ConfigureAwait(false);
        all.Found = prefix => unique.Add(prefix);
        await all.AddAsync([snapshot.Tree]).ConfigureAwait(false);
        Dictionary<ulong, long> lengths = Lengths(unique);
        long uniqueBytes = lengths.Values.Sum();

        TreeTotals totals = new(snapshot.Statistics.TotalFiles, 0, snapshot.Statistics.TotalBytes);
        if (directories > 0)
        {
            _table.SetTotals(null, totals);
            AddLargest(snapshot.Tree, directories);
            AddUnique(snapshot.Tree, lengths);
            if (before is not null)
            {
                _table.SetGrowth(null, totals, snapshot.Statistics.TotalBytes - before.Statistics.TotalBytes);
                AddGrowth(before.Tree, snapshot.Tree);
            }
        }

        return new SnapshotCost(snapshot, stored, uniqueBytes, unique.Count, before, directories > 0 ? _table.Largest(directories) : []);
    }

    /// <summary>The stored lengths of blobs, all copies together.</summary>
    private Dictionary<ulong, long> Lengths(BlobSet set)
    {
        Dictionary<ulong, long> lengths = [];
        if (set.Count > 0)
        {
            foreach (PackEntry entry in catalogue.ReadDirectories().SelectMany(pack => pack.Entries).Where(entry => set.Contains(entry.Id.Bytes.Prefix)))
            {
                lengths[entry.Id.Bytes.Prefix] = lengths.GetValueOrDefault(entry.Id.Bytes.Prefix) + entry.StoredLength;
            }
        }

        return lengths;
    }

    /// <summary>The largest directories. None is larger than the one it lies in, so that few need to be read.</summary>
    private void AddLargest(BlobId root, int count)
    {
        PriorityQueue<(EntryPath? Path, BlobId Tree), long> open = new();
        open.Enqueue((null, root), long.MinValue);
        for (int i = 0; i <= count && open.TryDequeue(out (EntryPath? Path, BlobId Tree) next, out _); i++)
        {
            foreach (Node node in _trees.ReadNodes(next.Tree, cancellationToken).Where(node => node.Metadata.Type == NodeType.Directory))
            {
                EntryPath path = new(next.Path, node.Name);
                open.Enqueue((path, node.Tree), -node.Totals.Bytes);
                _table.SetTotals(path, node.Totals);
            }
        }
    }

    /// <summary>What is unique, by the directory that holds it; where nothing is, a directory is not read.</summary>
    private void AddUnique(BlobId root, Dictionary<ulong, long> lengths)
    {
        Stack<(EntryPath? Path, BlobId Tree)> open = new();
        open.Push((null, root));
        while (open.TryPop(out (EntryPath? Path, BlobId Tree) next))
        {
            if (!lengths.ContainsKey(next.Tree.Bytes.Prefix))
            {
                continue;
            }

            // Each blob counts once: what was counted is taken away.
            long bytes = 0;
            foreach (BlobId leaf in _pages.Leaves(next.Tree, page => bytes += Take(page), cancellationToken))
            {
                if (!lengths.ContainsKey(leaf.Bytes.Prefix))
                {
                    continue;
                }

                foreach (Node node in _pages.Read(leaf, cancellationToken))
                {
                    if (node.Metadata.Type == NodeType.Directory)
                    {
                        EntryPath path = new(next.Path, node.Name);
                        _table.SetTotals(path, node.Totals);
                        open.Push((path, node.Tree));
                    }

                    bytes += node.Xattrs.Where(xattr => xattr.Value is null).Sum(xattr => Take(xattr.Blob));
                    bytes += node.Metadata.Type == NodeType.File ? TakeContent(node) : 0;
                }

                bytes += Take(leaf);
            }

            _table.AddUnique(next.Path, bytes);
        }

        long Take(BlobId blob) => lengths.Remove(blob.Bytes.Prefix, out long length) ? length : 0;

        long TakeContent(Node file)
        {
            long bytes = 0;
            if (file.List.IsZero || lengths.ContainsKey(file.List.Bytes.Prefix))
            {
                foreach (Extent extent in _trees.ReadExtents(file, cancellationToken, page => bytes += Take(page)))
                {
                    bytes += extent.IsHole ? 0 : Take(extent.Blob);
                }
            }

            return bytes;
        }
    }

    private void AddGrowth(BlobId before, BlobId after)
    {
        DirectoryPairs pairs = new(_pages, _ => { }, _ => { });
        Stack<(EntryPath? Path, BlobId Before, BlobId After)> open = new();
        open.Push((null, before, after));
        while (open.TryPop(out (EntryPath? Path, BlobId Before, BlobId After) next))
        {
            foreach ((Node? left, Node? right) in pairs.Of(next.Before, next.After, cancellationToken))
            {
                BlobId leftTree = left?.Tree ?? default, rightTree = right?.Tree ?? default;
                if (leftTree != rightTree)
                {
                    EntryPath path = new(next.Path, (right ?? left)!.Name);
                    TreeTotals totals = rightTree.IsZero ? default : right!.Totals;
                    _table.SetGrowth(path, totals, totals.Bytes - (leftTree.IsZero ? 0 : left!.Totals.Bytes));
                    open.Push((path, leftTree, rightTree));
                }
            }
        }
    }
}
