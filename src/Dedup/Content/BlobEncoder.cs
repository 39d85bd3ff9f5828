using Dedup.Compression;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;

namespace Dedup.Content;

/// <summary>What one thread of the pipeline needs to name, compress, seal and read back blobs.</summary>
internal sealed class BlobEncoder(RepositoryKeys keys, CompressionOptions compression) : IDisposable
{
    private readonly BlobHasher _hasher = new(keys.BlobId);
    private readonly BlobDecoder _decoder = new(keys);
    private byte[] _readBack = [];

    public BlobCompressor Compressor { get; } = new(compression);

    public BlobId Hash(BlobKind kind, ReadOnlySpan<byte> plain) => _hasher.Hash(kind, plain);

    /// <summary>Opens what was just sealed, decompresses it and compares it with what was given.</summary>
    /// <exception cref="VerificationFailedException">It differs.</exception>
    public void Verify(in SealedRecord record, ReadOnlySpan<byte> plain)
    {
        if (_readBack.Length < plain.Length)
        {
            _readBack = GC.AllocateUninitializedArray<byte>(plain.Length);
        }

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
        Compressor.Dispose();
        _decoder.Dispose();
    }
}
