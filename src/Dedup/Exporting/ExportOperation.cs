using System.Collections.Concurrent;
using Dedup.Archives;
using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Packing;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Trees;

namespace Dedup.Exporting;

/// <summary>
/// Writes a snapshot, or a part of one, as an archive. One thread walks the tree, some read and decode content ahead, one writes; what is under way is
/// bounded by batches.
/// </summary>
internal sealed class ExportOperation(
    IObjectStore store, IObjectStore metadata, RepositoryKeys keys, CatalogueDatabase catalogue, TimeProvider time, int concurrency, int readsAhead,
    CancellationToken cancellationToken)
{
    /// <summary>Besides the batch that is written and the one that is made: memory is about four times a batch.</summary>
    private const int BatchesAhead = 1;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private readonly ExportRemarks _remarks = new();
    private readonly PackHeaders _headers = new(store);
    private ExportWalker? _walker;
    private long _entries, _bytes;
    private TreeTotals _totals;

    /// <summary>Exports.</summary>
    /// <exception cref="ExportException">An entry is damaged, or the format cannot hold it.</exception>
    /// <exception cref="PathNotFoundException">The path is not in the snapshot.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<ExportResult> RunAsync(Snapshot snapshot, Stream destination, ExportOptions options, IProgress<ExportProgress>? progress)
    {
        using ITimer? reporting = progress is null
            ? null
            : time.CreateTimer(_ => progress.Report(ToProgress()), null, ProgressInterval, ProgressInterval);
        using ArchiveWriter archive = options.Format switch
        {
            ArchiveFormat.Tar => new TarWriter(new PlainOutput(destination)),
            ArchiveFormat.TarZstd => new TarWriter(new ZstdOutput(destination, concurrency)),
            ArchiveFormat.Zip => new ZipWriter(destination, concurrency),
            _ => throw new ArgumentException($"There is no archive format {options.Format}.", nameof(options)),
        };
        await RunAsync(archive, options.Format, walker => Walk(walker, snapshot, options)).ConfigureAwait(false);
        progress?.Report(ToProgress());
        return new ExportResult(_entries, _bytes, _remarks.ToList());
    }

    /// <summary>Writes the content of a file, and nothing else.</summary>
    /// <exception cref="PathNotFoundException">There is no file at the path.</exception>
    /// <exception cref="ExportException">A part is damaged or missing; what came before it was written.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task DumpAsync(Snapshot snapshot, string path, Stream destination)
    {
        using ContentWriter content = new(new PlainOutput(destination));
        await RunAsync(content, ArchiveFormat.Tar, walker =>
        {
            Node? file = walker.Find(snapshot.Tree, path);
            if (file?.Metadata.Type != NodeType.File)
            {
                throw new PathNotFoundException(path, "is not a file in this snapshot");
            }

            walker.Walk(TreePath.Parse(path)[..^1], file, keepsPath: false);
        }).ConfigureAwait(false);
    }

    private async Task RunAsync(ArchiveWriter archive, ArchiveFormat format, Action<ExportWalker> walk)
    {
        using ThreadGroup threads = new(cancellationToken);
        using BlockingCollection<ContentRange> ranges = [];
        using BlockingCollection<ExportBatch> batches = new(BatchesAhead);
        for (int i = 0; i < concurrency; i++)
        {
            threads.Start(() => ReadContent(ranges, threads.Token));
        }

        threads.Start(() =>
        {
            using BlobReader blobs = new(store, keys, catalogue, metadata);
            _walker = new ExportWalker(
                new TreeReader(blobs), blobs, new ArchiveLimits(format, _remarks), batch => PassOn(batch, batches, ranges, threads.Token), threads.Token);
            walk(_walker);
            batches.CompleteAdding();
            ranges.CompleteAdding();
        });
        threads.Start(() => Write(archive, batches, threads.Token));
        await threads.CompleteAsync().ConfigureAwait(false);
    }

    private void PassOn(ExportBatch batch, BlockingCollection<ExportBatch> batches, BlockingCollection<ContentRange> ranges, CancellationToken stop)
    {
        IReadOnlyList<ContentRange> planned = ContentPlanner.Plan(batch.Pieces, catalogue);

        // The batch first: its place in the queue is what bounds how much is decoded ahead.
        batches.Add(batch, stop);
        foreach (ContentRange range in planned)
        {
            ranges.Add(range, stop);
        }
    }

    private void Walk(ExportWalker walker, Snapshot snapshot, ExportOptions options)
    {
        Node? chosen = options.Path is null ? null : walker.Find(snapshot.Tree, options.Path);
        IReadOnlyList<EntryName> path = options.Path is null ? [] : TreePath.Parse(options.Path);
        _totals = chosen is not null ? TreeTotals.Of(chosen) : snapshot.Statistics.Totals;
        if (chosen is null)
        {
            walker.WalkContent([], snapshot.Tree);
        }
        else if (chosen.Metadata.Type == NodeType.Directory && !options.KeepsWholePaths)
        {
            walker.WalkContent(path, chosen.Tree);
        }
        else
        {
            walker.Walk([.. path.SkipLast(1)], chosen, options.KeepsWholePaths);
        }
    }

    private void ReadContent(BlockingCollection<ContentRange> ranges, CancellationToken stop)
    {
        using BlobReader blobs = new(store, keys, catalogue, metadata);
        using ContentReader reader = new(store, keys, blobs, _headers, stop);
        Queue<PendingContent> pending = [];
        while (true)
        {
            // With nothing under way it waits for more; else it takes what is there.
            while (pending.Count < readsAhead && ranges.TryTake(out ContentRange? range, pending.Count == 0 ? Timeout.Infinite : 0, stop))
            {
                pending.Enqueue(reader.Begin(range));
            }

            if (!pending.TryDequeue(out PendingContent? next))
            {
                return;
            }

            reader.Finish(next);
        }
    }

    private void Write(ArchiveWriter archive, BlockingCollection<ExportBatch> batches, CancellationToken stop)
    {
        byte[] current = [];
        foreach (ExportBatch batch in batches.GetConsumingEnumerable(stop))
        {
            foreach (ExportItem item in batch.Items)
            {
                current = item.Entry?.Path ?? current;
                Write(archive, item, current, stop);
            }
        }

        archive.Complete();
    }

    private void Write(ArchiveWriter archive, in ExportItem item, byte[] path, CancellationToken stop)
    {
        if (item.Entry is { } entry)
        {
            archive.Begin(entry);
            Interlocked.Increment(ref _entries);
            return;
        }

        if (item.Piece is not { } piece)
        {
            archive.WriteHole(item.Length);
        }
        else
        {
            ContentRange range = piece.Range!;
            ReadOnlySpan<byte> content = range.Wait(piece, stop);
            if (piece.Failure is { } failure)
            {
                throw new ExportException(_walker!.Describe(path), failure.Message, failure);
            }

            archive.Write(content);
            range.Release();
        }

        Amount.Add(ref _bytes, item.Length);
    }

    private ExportProgress ToProgress() => new(
        Interlocked.Read(ref _entries), Interlocked.Read(ref _bytes), _totals.Entries, _totals.Bytes);
}
