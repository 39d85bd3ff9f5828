using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Exporting;

/// <summary>Reads and decodes ranges: what one thread of an export does.</summary>
internal sealed class ContentReader(IObjectStore store, RepositoryKeys keys, BlobReader blobs, PackHeaders headers, CancellationToken cancellationToken) : IDisposable
{
    private readonly PackSealCache _seals = new(store, keys);
    private readonly BlobDecoder _decoder = new(keys);
    private readonly Stack<byte[]> _buffers = new();

    /// <summary>Begins to read a range: what is near is there at once, what is far comes while others are worked on.</summary>
    public PendingContent Begin(ContentRange range)
    {
        if (!range.IsLocated)
        {
            return new PendingContent(range, [], null, Task.CompletedTask);
        }

        byte[] buffer = _buffers.TryPop(out byte[]? used) && used.Length >= range.Length ? used : GC.AllocateUninitializedArray<byte>(range.Length);
        return new PendingContent(
            range,
            buffer,
            _seals.BeginReading(range.Pack, headers, cancellationToken),
            PackReader.ReadExactlyAsync(store, RepositoryObjects.Pack(range.Pack), range.Offset, buffer.AsMemory(0, range.Length), cancellationToken).AsTask());
    }

    /// <summary>Waits for a range and decodes its pieces.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public void Finish(PendingContent pending)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ContentRange range = pending.Range;
        PackSeal? seal = WaitFor(pending);
        Span<byte> room = range.TakeRoom();
        foreach ((ContentPiece piece, BlobLocation? location) in range.Pieces)
        {
            Span<byte> plain = room.Slice(piece.PlainOffset, piece.Length);
            if (seal is null || location is not { Entry: var entry }
                || !_decoder.TryDecode(seal, entry, pending.Buffer.AsSpan(entry.Offset - range.Offset, entry.StoredLength), plain))
            {
                ReadAlone(piece, plain);
            }
        }

        if (range.IsLocated)
        {
            _buffers.Push(pending.Buffer);
        }

        range.Complete();
    }

    public void Dispose()
    {
        _seals.Dispose();
        _decoder.Dispose();
        blobs.Dispose();
    }

    /// <returns>The key of the pack; <see langword="null"/> when it or the range could not be read, and the pieces are then looked for one by one.</returns>
    private PackSeal? WaitFor(PendingContent pending)
    {
        if (!pending.Range.IsLocated)
        {
            return null;
        }

        try
        {
            // Both, also when one fails: the buffer is used again after this.
            Task.WhenAll(pending.Header ?? Task.CompletedTask, pending.Content).GetAwaiter().GetResult();
            return _seals.Get(pending.Range.Pack, pending.Header?.Result, cancellationToken);
        }
        catch (Exception exception) when (exception is CorruptDataException or ObjectNotFoundException)
        {
            return null;
        }
    }

    private void ReadAlone(ContentPiece piece, Span<byte> plain)
    {
        try
        {
            byte[] content = blobs.Read(piece.Blob, BlobKind.Data, cancellationToken);
            if (content.Length != piece.Length)
            {
                throw new CorruptDataException($"blob {piece.Blob}", -1, $"is {content.Length} bytes long where {piece.Length} are due");
            }

            content.CopyTo(plain);
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            // Told when the archive comes to it: what comes before is whole.
            piece.Failure = exception;
        }
    }
}
