using System.Collections.Concurrent;
using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Packing;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>Restores a snapshot, or a part of one, into a folder or onto a device.</summary>
internal sealed class RestoreOperation(
    IObjectStore store, IObjectStore metadata, RepositoryKeys keys, CatalogueDatabase catalogue, TimeProvider time, int concurrency, int readsAhead)
{
    private const int RangesPerThread = 4;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Restores.</summary>
    /// <exception cref="RestoreException">The target cannot be made or opened, or nothing may be deleted in it.</exception>
    /// <exception cref="PathNotFoundException">The path is not in the snapshot.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<RestoreResult> RunAsync(
        Snapshot snapshot, string target, RestoreOptions options, IProgress<RestoreProgress>? progress, CancellationToken cancellationToken)
    {
        using ThreadGroup threads = new(cancellationToken);
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        using RestoreContext context = new(() => new BlobReader(store, keys, catalogue, metadata), options, path, threads.Token);
        using ITimer? reporting = progress is null
            ? null
            : time.CreateTimer(_ => progress.Report(context.ToProgress()), null, ProgressInterval, ProgressInterval);
        ContentComparer comparer = new(keys, concurrency, threads.Token);
        if (TargetDevice.TryFind(path, options) is { } device)
        {
            await RestoreDeviceAsync(context, threads, comparer, snapshot, device).ConfigureAwait(false);
        }
        else if (options.IsDryRun)
        {
            threads.Start(() => Preview(context, comparer, snapshot));
            await threads.CompleteAsync().ConfigureAwait(false);
        }
        else
        {
            await RestoreFolderAsync(context, threads, comparer, snapshot).ConfigureAwait(false);
        }

        if (context.Ownership.Describe(path) is { } refusal)
        {
            context.AddProblem(refusal);
        }

        progress?.Report(context.ToProgress());
        return context.ToResult();
    }

    private async Task RestoreFolderAsync(RestoreContext context, ThreadGroup threads, ContentComparer comparer, Snapshot snapshot)
    {
        using TargetDirectory root = TargetDirectory.Open(context.TargetPath, create: true, context.Ownership);
        StrayRemover? strays = StrayRemover.For(context, root);
        HardLinks links = new(context, root);
        RunPipeline(threads, context, pass =>
        {
            TreeReader trees = new(context.Blobs);
            IEnumerable<Node> nodes = ChooseNodes(context, trees, snapshot, out DeletionScope scope);
            RestoreDirectory top = new(context, TargetDirectory.Open(context.TargetPath, create: false, context.Ownership), scope);
            TargetPlanner planner = new(context, trees, comparer, strays);
            new RestoreWalker(context, trees, catalogue, links, planner, comparer, strays, pass).Walk(top, nodes);
        });
        await threads.CompleteAsync().ConfigureAwait(false);
        links.MakeAll();
        root.Sync();
        if (context.Options.Verify)
        {
            threads.Start(() =>
            {
                TreeReader trees = new(context.Blobs);
                RestoreDirectory top = new(context, TargetDirectory.Open(context.TargetPath, create: false), DeletionScope.Of([]));
                new RestoreVerifier(context, trees, comparer).Verify(top, ChooseNodes(context, trees, snapshot, out _));
            });
            await threads.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task RestoreDeviceAsync(RestoreContext context, ThreadGroup threads, ContentComparer comparer, Snapshot snapshot, TargetDevice device)
    {
        TreeReader trees = new(context.Blobs);
        Node image = FindChosen(context, trees, snapshot) is { Metadata.Type: NodeType.File } file
            ? file
            : throw new RestoreException(context.TargetPath, "is a block device: name the one file of the snapshot to write to it, as in SNAP:/path/of/image");
        context.Totals = TreeTotals.Of(image);
        using TargetDirectory directory = device.OpenDirectory();
        using RestoreDevice opened = new(context, directory, device.Name, device.Type, image);
        if (context.Options.IsDryRun)
        {
            context.AddBytes(image.Metadata.Size);
            context.AddDone(new RestoreAction(RestoreActionKind.Updated, context.TargetPath, image.Metadata.Size));
            return;
        }

        RunPipeline(threads, context, pass =>
        {
            TreeReader own = new(context.Blobs);
            HardLinks links = new(context, directory);
            new RestoreWalker(context, own, catalogue, links, new TargetPlanner(context, own, comparer, null), comparer, null, pass).WalkContent(opened, image);
        });
        await threads.CompleteAsync().ConfigureAwait(false);
        opened.Finish(image);
        if (context.Options.Verify && context.Errors == 0)
        {
            opened.Verify(new RestoreVerifier(context, trees, comparer), image);
        }
    }

    private static void Preview(RestoreContext context, ContentComparer comparer, Snapshot snapshot)
    {
        TreeReader trees = new(context.Blobs);
        TargetDirectory? root = Directory.Exists(context.TargetPath) ? TargetDirectory.Open(context.TargetPath, create: false, context.Ownership) : null;
        StrayRemover? strays = root is null ? null : StrayRemover.For(context, root);
        IEnumerable<Node> nodes = ChooseNodes(context, trees, snapshot, out DeletionScope scope);
        new RestorePreview(context, trees, new TargetPlanner(context, trees, comparer, strays), strays).Walk(new RestoreDirectory(context, root, scope), nodes);
    }

    private static Node? FindChosen(RestoreContext context, TreeReader trees, Snapshot snapshot) =>
        context.Options.Path is null ? null : TreePath.Find(trees, snapshot.Tree, context.Options.Path, context.CancellationToken);

    private static IEnumerable<Node> ChooseNodes(RestoreContext context, TreeReader trees, Snapshot snapshot, out DeletionScope scope)
    {
        Node? chosen = FindChosen(context, trees, snapshot);
        if (context.Selection.IsEverything)
        {
            context.Totals = chosen switch
            {
                null => snapshot.Statistics.Totals,
                { Metadata.Type: NodeType.Directory } => chosen.Totals,
                _ => TreeTotals.Of(chosen),
            };
        }

        bool isDirectory = chosen is null or { Metadata.Type: NodeType.Directory };

        // Of one file that is restored into a directory, nobody said anything about its neighbours.
        scope = isDirectory
            ? TreePath.Parse(context.Options.Path ?? "/").Aggregate(DeletionScope.Of(snapshot.Paths), static (scope, name) => scope.Enter(name))
            : DeletionScope.Of([]);
        return isDirectory ? trees.ReadNodes(chosen?.Tree ?? snapshot.Tree, context.CancellationToken) : [chosen!];
    }

    // One thread walks and all others fetch what it passes on.
    private void RunPipeline(ThreadGroup threads, RestoreContext context, Action<Action<RestorePiece[]>> walk)
    {
        BlockingCollection<PackRange> ranges = new(concurrency * RangesPerThread);
        PackHeaders headers = new(store);
        for (int i = 0; i < concurrency; i++)
        {
            threads.Start(() => ReadRanges(context, ranges, headers));
        }

        threads.Start(() =>
        {
            walk(pieces =>
            {
                foreach (PackRange range in RangePlanner.Plan(pieces))
                {
                    ranges.Add(range, context.CancellationToken);
                }
            });
            ranges.CompleteAdding();
        });
    }

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
