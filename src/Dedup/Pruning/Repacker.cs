using System.Collections.Concurrent;
using Dedup.Compression;
using Dedup.Content;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Pruning;

/// <summary>Copies blobs into new packs as they are compressed. Each is opened, checked against its id, and read back after it was sealed again.</summary>
internal sealed class Repacker(PruneContext context)
{
    private readonly ConcurrentQueue<PackDirectory> _written = new();
    private long _done;

    /// <summary>Writes packs and the index segments that list them. They are durable when this returns.</summary>
    /// <exception cref="MissingDataException">A blob is damaged or gone.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<IReadOnlyList<PackDirectory>> RunAsync(IReadOnlyList<NewPack> packs)
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

        PackDirectory[] written = [.. _written];
        await new SegmentWriter(context).WriteAsync(written, replaced: []).ConfigureAwait(false);
        return written;
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
        using PackSealCache seals = new(context.Store, context.Keys);
        using BlobDecoder decoder = new(context.Keys);
        using BlobEncoder encoder = new(context.Keys, CompressionOptions.None);
        BufferPool buffers = new(1 << 20);
        byte[] plain = [], body = [];
        while (queue.TryDequeue(out NewPack? pack))
        {
            PackWriter writer = PackWriter.BeginAsync(context.Store, context.Keys, pack.Kind, buffers, cancellationToken).Wait();
            try
            {
                SourceWindow window = new(context.Store, pack);
                for (int place = 0; place < pack.Sources.Count; place++)
                {
                    (PackId source, PackEntry entry) = pack.Sources[place];
                    Grow(ref plain, entry.PlainLength);
                    Span<byte> plainSpan = plain.AsSpan(0, entry.PlainLength);
                    int bodyLength = entry.StoredLength - PackLayout.RecordOverhead;
                    Grow(ref body, bodyLength);
                    ReadOnlySpan<byte> record = window.Read(place, cancellationToken);
                    if (!decoder.TryDecodeWithBody(seals.Get(source, cancellationToken), entry, record, plainSpan, body.AsSpan(0, bodyLength)))
                    {
                        throw new CorruptDataException(RepositoryObjects.Pack(source).Value, entry.Offset, $"blob {entry.Id} is damaged");
                    }

                    SealedRecord copy = writer.Add(entry.Id, entry.Kind, entry.Codec, entry.PlainLength, body.AsSpan(0, bodyLength), cancellationToken);
                    encoder.Verify(copy, plainSpan);
                }

                _written.Enqueue(writer.PublishAsync(cancellationToken).Wait());
            }
            finally
            {
                writer.DisposeAsync().Wait();
            }

            context.Report(PruneStage.Repacking, Interlocked.Increment(ref _done), total);
        }
    }

    private static void Grow(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<byte>(length);
        }
    }
}
