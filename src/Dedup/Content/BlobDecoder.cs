using Dedup.Compression;
using Dedup.Crypto;
using Dedup.Format;

namespace Dedup.Content;

/// <summary>Turns a sealed record back into plaintext and checks that it is the blob asked for. One thread at a time.</summary>
internal sealed class BlobDecoder(RepositoryKeys keys) : IDisposable
{
    private readonly BlobDecompressor _decompressor = new();
    private readonly BlobHasher _hasher = new(keys.BlobId);
    private byte[] _body = [];

    /// <summary>Opens, decompresses and checks a record.</summary>
    /// <param name="seal">The key of its pack.</param>
    /// <param name="entry">What the directory says of it.</param>
    /// <param name="record">The whole record.</param>
    /// <param name="plain">Takes the plaintext: exactly as long as the entry says.</param>
    /// <returns>Whether the plaintext is the blob; the destination is of no use otherwise.</returns>
    public bool TryDecode(PackSeal seal, in PackEntry entry, ReadOnlySpan<byte> record, Span<byte> plain) =>
        TryOpen(seal, entry, record, plain) && _hasher.Hash(entry.Kind, plain) == entry.Id;

    /// <summary>Opens, decompresses and checks a record, and hands out what it holds as it was compressed.</summary>
    /// <param name="seal">The key of its pack.</param>
    /// <param name="entry">What the directory says of it.</param>
    /// <param name="record">The whole record.</param>
    /// <param name="plain">Takes the plaintext: exactly as long as the entry says.</param>
    /// <param name="body">Takes the compressed plaintext: as long as the record but for its overhead.</param>
    /// <returns>Whether the plaintext is the blob; the destinations are of no use otherwise.</returns>
    public bool TryDecodeWithBody(PackSeal seal, in PackEntry entry, ReadOnlySpan<byte> record, Span<byte> plain, Span<byte> body)
    {
        if (!seal.TryOpenBody(entry, record, body))
        {
            return false;
        }

        if (entry.Codec == BlobCodec.None)
        {
            body.CopyTo(plain);
        }
        else if (!_decompressor.TryDecompress(entry.Codec, body, plain))
        {
            return false;
        }

        return _hasher.Hash(entry.Kind, plain) == entry.Id;
    }

    /// <summary>Opens and decompresses a record without computing its id: enough where the plaintext is known and compared.</summary>
    /// <inheritdoc cref="TryDecode"/>
    public bool TryOpen(PackSeal seal, in PackEntry entry, ReadOnlySpan<byte> record, Span<byte> plain)
    {
        if (entry.Codec == BlobCodec.None)
        {
            return seal.TryOpenBody(entry, record, plain);
        }

        int length = entry.StoredLength - PackLayout.RecordOverhead;
        if (_body.Length < length)
        {
            _body = GC.AllocateUninitializedArray<byte>(length);
        }

        Span<byte> body = _body.AsSpan(0, length);
        return seal.TryOpenBody(entry, record, body) && _decompressor.TryDecompress(entry.Codec, body, plain);
    }

    public void Dispose()
    {
        _decompressor.Dispose();
        _hasher.Dispose();
    }
}
