using System.Collections.Concurrent;
using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Packing;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>Restores a snapshot, or a part of one, into a folder.</summary>
internal sealed class RestoreOperation(
    IObjectStore store, IObjectStore metadata, RepositoryKeys keys, CatalogueDatabase catalogue, TimeProvider time, int concurrency, int readsAhead)
{
    private const int RangesPerThread = 4;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Restores.</summary>
    /// <exception cref="RestoreException">The target cannot be made or opened.</exception>
    /// <exception cref="PathNotFoundException">The path is not in the snapshot.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<RestoreResult> RunAsync(
        Snapshot snapshot, string target, RestoreOptions options, IProgress<RestoreProgress>? progress, CancellationToken cancellationToken)
    {
        using ThreadGroup threads = new(cancellationToken);
        using RestoreContext context = new(() => new BlobReader(store, keys, catalogue, metadata), threads.Token);
        using BlockingCollection<PackRange> ranges = new(concurrency * RangesPerThread);
        using TargetDirectory root = TargetDirectory.Open(target, create: true);
        using ITimer? reporting = progress is null
            ? null
            : time.CreateTimer(_ => progress.Report(context.ToProgress()), null, ProgressInterval, ProgressInterval);

        PackHeaders headers = new(store);
        HardLinks links = new(context, root);
        for (int i = 0; i < concurrency; i++)
        {
            threads.Start(() => ReadRanges(context, ranges, headers));
        }

        threads.Start(() => Walk(context, snapshot, target, options, links, ranges));
        await threads.CompleteAsync().ConfigureAwait(false);
        links.MakeAll();
        root.Sync();
        progress?.Report(context.ToProgress());
        return new RestoreResult(context.Entries, context.Bytes, context.Problems);
    }

    private void Walk(
        RestoreContext context, Snapshot snapshot, string target, RestoreOptions options, HardLinks links, BlockingCollection<PackRange> ranges)
    {
        TreeReader trees = new(context.Blobs);
        RestoreDirectory root = new(context, null, TargetDirectory.Open(target, create: false), null);
        RestoreWalker walker = new(context, trees, catalogue, links, pieces =>
        {
            foreach (PackRange range in RangePlanner.Plan(pieces))
            {
                ranges.Add(range, context.CancellationToken);
            }
        });
        walker.Walk(root, ChooseNodes(context, trees, snapshot, options));
        ranges.CompleteAdding();
    }

    private static IEnumerable<Node> ChooseNodes(RestoreContext context, TreeReader trees, Snapshot snapshot, RestoreOptions options)
    {
        Node? chosen = options.Path is null ? null : TreePath.Find(trees, snapshot.Tree, options.Path, context.CancellationToken);
        context.Totals = chosen switch
        {
            null => TotalsOf(snapshot.Statistics),
            { Metadata.Type: NodeType.Directory } => chosen.Totals,
            _ => TreeTotals.Of(chosen),
        };
        return chosen is null or { Metadata.Type: NodeType.Directory }
            ? trees.ReadNodes(chosen?.Tree ?? snapshot.Tree, context.CancellationToken)
            : [chosen];
    }

    private static TreeTotals TotalsOf(BackupStatistics statistics) => new(
        statistics.TotalFiles,
        statistics.DirectoriesNew + statistics.DirectoriesChanged + statistics.DirectoriesUnmodified,
        statistics.TotalBytes);

    private void ReadRanges(RestoreContext context, BlockingCollection<PackRange> ranges, PackHeaders headers)
    {
        using RangeReader reader = new(context, store, keys, headers);
        Queue<PendingRange> pending = [];
        while (true)
        {
            // With nothing under way it waits for more; else it takes what is there.
            while (pending.Count < readsAhead
                && ranges.TryTake(out PackRange? range, pending.Count == 0 ? Timeout.Infinite : 0, context.CancellationToken))
            {
                pending.Enqueue(reader.Begin(range));
            }

            if (!pending.TryDequeue(out PendingRange? next))
            {
                return;
            }

            reader.Restore(next);
        }
    }
}
