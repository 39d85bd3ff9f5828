using Dedup.Content;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Restore;

/// <summary>Fetches ranges of packs and writes their chunks where they belong: what one thread of a restore does.</summary>
internal sealed class RangeReader(RestoreContext context, IObjectStore store, RepositoryKeys keys) : IDisposable
{
    private readonly PackSealCache _seals = new(store, keys);
    private readonly BlobDecoder _decoder = new(keys);
    private byte[] _range = [];
    private byte[] _plain = [];

    /// <summary>Reads a range and writes its pieces.</summary>
    public void Restore(PackRange range)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        ReadOnlySpan<byte> bytes = TryFetch(range, out PackSeal? seal);
        for (int first = 0; first < range.Pieces.Count;)
        {
            PackEntry entry = range.Pieces[first].Location.Entry;
            int next = first + 1;
            while (next < range.Pieces.Count && range.Pieces[next].Location.Entry.Offset == entry.Offset)
            {
                next++;
            }

            Write(entry, seal, seal is null ? default : bytes.Slice((int)(entry.Offset - range.Offset), entry.StoredLength), range.Pieces[first..next]);
            first = next;
        }
    }

    public void Dispose()
    {
        _seals.Dispose();
        _decoder.Dispose();
    }

    /// <summary>Reads the range; without a key when that failed, and the pieces are then looked for one by one.</summary>
    private ReadOnlySpan<byte> TryFetch(PackRange range, out PackSeal? seal)
    {
        Grow(ref _range, range.Length);
        Memory<byte> bytes = _range.AsMemory(0, range.Length);
        try
        {
            seal = _seals.Get(range.Pack, context.CancellationToken);
            PackReader.ReadExactlyAsync(store, RepositoryObjects.Pack(range.Pack), range.Offset, bytes, context.CancellationToken).Wait();
        }
        catch (Exception exception) when (exception is CorruptDataException or ObjectNotFoundException)
        {
            seal = null;
        }

        return bytes.Span;
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
