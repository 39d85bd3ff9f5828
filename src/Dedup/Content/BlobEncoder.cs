using Dedup.Compression;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;

namespace Dedup.Content;

/// <summary>What one thread of the pipeline needs to name, compress, seal and read back blobs.</summary>
internal sealed class BlobEncoder(RepositoryKeys keys, CompressionOptions compression) : IDisposable
{
    private readonly BlobHasher _hasher = new(keys.BlobId);
    private readonly BlobCompressor _compressor = new(compression);
    private readonly BlobDecoder _decoder = new(keys);
    private byte[] _compressed = [];
    private byte[] _readBack = [];

    public BlobId Hash(BlobKind kind, ReadOnlySpan<byte> plain) => _hasher.Hash(kind, plain);

    /// <summary>Compresses a blob; the result is valid until the next call.</summary>
    public ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> plain, out BlobCodec codec)
    {
        Grow(ref _compressed, BlobCompressor.MaxCompressedLength(plain.Length));
        codec = _compressor.Compress(plain, _compressed, out int written);
        return codec == BlobCodec.None ? plain : _compressed.AsSpan(0, written);
    }

    /// <summary>Opens what was just sealed, decompresses it and compares it with what was given.</summary>
    /// <exception cref="VerificationFailedException">It differs.</exception>
    public void Verify(in SealedRecord record, ReadOnlySpan<byte> plain)
    {
        Grow(ref _readBack, plain.Length);
        Span<byte> readBack = _readBack.AsSpan(0, plain.Length);
        bool isWhole = record.Seal.TryOpenRecordHeader(record.Entry.Ordinal, record.Entry.Offset, record.Bytes.Span, out PackEntry described)
            && described == record.Entry
            && _decoder.TryOpen(record.Seal, record.Entry, record.Bytes.Span, readBack)
            && readBack.SequenceEqual(plain);
        if (!isWhole)
        {
            throw new VerificationFailedException($"blob {record.Entry.Id}");
        }
    }

    public void Dispose()
    {
        _hasher.Dispose();
        _compressor.Dispose();
        _decoder.Dispose();
    }

    private static void Grow(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<byte>(length);
        }
    }
}
