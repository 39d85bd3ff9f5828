using System.Collections.Concurrent;
using Dedup.Format;
using Dedup.Storage;

namespace Dedup.Pruning;

/// <summary>Copies blobs into new packs as they are compressed. Each is opened, checked against its id, and read back after it was sealed again.</summary>
/// <param name="context">The prune.</param>
/// <param name="copied">Takes what was copied.</param>
internal sealed class Repacker(PruneContext context, CopiedRecords copied)
{
    private readonly SegmentWriter _segments = new(context, replaced: []);
    private readonly Lock _listing = new();
    private int _written;

    /// <summary>How long the packs are that were written, in bytes.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Writes packs and the index segments that list them. They are durable when this returns.</summary>
    /// <exception cref="MissingDataException">A blob is damaged or gone.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task RunAsync(IReadOnlyList<NewPack> packs)
    {
        try
        {
            await WriteAsync(packs).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is CorruptDataException or ObjectNotFoundException)
        {
            throw new MissingDataException(
                $"{exception.Message}; prune deletes nothing while something that snapshots need cannot be read: run 'check --read-data', then 'repair packs'", exception);
        }

        await _segments.FlushAsync().ConfigureAwait(false);
    }

    private async Task WriteAsync(IReadOnlyList<NewPack> packs)
    {
        ConcurrentQueue<NewPack> queue = new(packs);
        int threads = Math.Min(context.Concurrency, packs.Count);
        if (threads <= 1)
        {
            Work(queue, packs.Count, context.CancellationToken);
        }
        else
        {
            using ThreadGroup group = new(context.CancellationToken);
            for (int i = 0; i < threads; i++)
            {
                group.Start(() => Work(queue, packs.Count, group.Token));
            }

            await group.CompleteAsync().ConfigureAwait(false);
        }
    }

    private void Work(ConcurrentQueue<NewPack> queue, int total, CancellationToken cancellationToken)
    {
        using RecordCopier copier = new(context);
        while (queue.TryDequeue(out NewPack? pack))
        {
            PackDirectory written = copier.Write(pack, cancellationToken);
            lock (_listing)
            {
                copied.Add(written.Id, pack);
                BytesWritten += written.Length;
                context.Report(PruneStage.Repacking, ++_written, total);
                _segments.AddAsync(written).Wait(cancellationToken);
            }
        }
    }
}
