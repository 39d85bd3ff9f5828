using Dedup.Content;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Restore;

/// <summary>Fetches ranges of packs and writes their chunks where they belong: what one thread of a restore does.</summary>
internal sealed class RangeReader(RestoreContext context, IObjectStore store, RepositoryKeys keys, PackHeaders headers) : IDisposable
{
    private readonly PackSealCache _seals = new(store, keys);
    private readonly BlobDecoder _decoder = new(keys);
    private readonly Stack<byte[]> _buffers = new();
    private byte[] _plain = [];

    /// <summary>Begins to read a range: what is near is there at once, what is far comes while others are worked on.</summary>
    public PendingRange Begin(PackRange range)
    {
        // All as long as the longest range, so that none is thrown away for being too short.
        byte[] buffer = _buffers.TryPop(out byte[]? used) && used.Length >= range.Length ? used
            : GC.AllocateUninitializedArray<byte>(Math.Max(range.Length, RangePlanner.MaxRangeLength));
        return new PendingRange(
            range,
            buffer,
            _seals.BeginReading(range.Pack, headers, context.CancellationToken),
            PackReader.ReadExactlyAsync(store, RepositoryObjects.Pack(range.Pack), range.Offset, buffer.AsMemory(0, range.Length), context.CancellationToken).AsTask());
    }

    /// <summary>Waits for a range and writes its pieces.</summary>
    public void Restore(PendingRange pending)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        PackRange range = pending.Range;
        PackSeal? seal = WaitFor(pending);
        for (int first = 0; first < range.Pieces.Count;)
        {
            PackEntry entry = range.Pieces[first].Location.Entry;
            int next = first + 1;
            while (next < range.Pieces.Count && range.Pieces[next].Location.Entry.Offset == entry.Offset)
            {
                next++;
            }

            Write(entry, seal, pending.Buffer.AsSpan((int)(entry.Offset - range.Offset), entry.StoredLength), range.Pieces[first..next]);
            first = next;
        }

        _buffers.Push(pending.Buffer);
    }

    public void Dispose()
    {
        _seals.Dispose();
        _decoder.Dispose();
    }

    /// <returns>The key of the pack; <see langword="null"/> when it or the range could not be read, and the pieces are then looked for one by one.</returns>
    private PackSeal? WaitFor(PendingRange pending)
    {
        try
        {
            // Both, also when one fails: the buffer is used again after this.
            Task.WhenAll(pending.Header ?? Task.CompletedTask, pending.Content).GetAwaiter().GetResult();
            return _seals.Get(pending.Range.Pack, pending.Header?.Result, context.CancellationToken);
        }
        catch (Exception exception) when (exception is CorruptDataException or ObjectNotFoundException)
        {
            return null;
        }
    }

    private void Write(in PackEntry entry, PackSeal? seal, ReadOnlySpan<byte> record, ArraySegment<RestorePiece> pieces)
    {
        Grow(ref _plain, entry.PlainLength);
        ReadOnlySpan<byte> plain = _plain.AsSpan(0, entry.PlainLength);
        if (seal is null || entry.Kind != BlobKind.Data || !_decoder.TryDecode(seal, entry, record, _plain.AsSpan(0, entry.PlainLength)))
        {
            try
            {
                plain = context.Blobs.Read(entry.Id, BlobKind.Data, context.CancellationToken);
            }
            catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
            {
                foreach (RestorePiece piece in pieces)
                {
                    piece.File.FailPiece(exception.Message);
                }

                return;
            }
        }

        foreach (RestorePiece piece in pieces)
        {
            piece.File.Write(piece.Offset, plain);
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
