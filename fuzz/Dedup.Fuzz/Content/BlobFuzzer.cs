using Dedup.Compression;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>
/// Sealed records of blobs of every codec (format-spec.md, sections 7 and 8), sealed with the right key. The input is the codec, the plain length that
/// is declared, and the compressed form: a decompressor sees whatever bytes there are.
/// </summary>
internal sealed class BlobFuzzer : Fuzzer
{
    /// <summary>The longest plaintext that is declared; the bound of the format only takes more time.</summary>
    private const int MaxPlainLength = 1 << 17;

    private const byte Canary = 0xA5;
    private const int CanaryLength = 64;

    private readonly BlobDecoder _decoder = new(FuzzKeys.Keys);
    private readonly BlobHasher _hasher = new(FuzzKeys.Keys.BlobId);
    private readonly byte[] _plain = new byte[MaxPlainLength + CanaryLength];

    public BlobFuzzer()
        : base("blob")
    {
        // What is allocated once does not count as any input's.
        foreach (byte[] seed in Seeds)
        {
            Execute(seed);
        }
    }

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            byte[] text = [.. Enumerable.Range(0, 3000).Select(static i => (byte)"compressible "[i % 13])];
            yield return [0, 5, 0, 0, .. "plain"u8];
            yield return [0, 0, 0, 0];
            foreach (CompressionOptions options in (CompressionOptions[])[CompressionOptions.Lz4, CompressionOptions.Zstd(1), CompressionOptions.Zstd(19)])
            {
                using BlobCompressor compressor = new(options);
                byte[] body = new byte[BlobCompressor.MaxCompressedLength(text.Length)];
                BlobCodec codec = compressor.Compress(text, body, out int length);
                yield return [(byte)codec, (byte)(text.Length & 0xFF), (byte)(text.Length >> 8), 0, .. body.AsSpan(0, length)];
            }
        }
    }

    public override IReadOnlyList<byte[]> Words { get; } = [[0x28, 0xB5, 0x2F, 0xFD], [0x50, 0x2A, 0x4D, 0x18], [0xFF, 0xFF, 0xFF, 0xFF], [1, 0, 0]];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        InputReader script = new(input);
        BlobCodec codec = (BlobCodec)script.Byte();
        int length = (script.Short() | (script.Byte() << 16)) % (MaxPlainLength + 1);
        PackEntry entry = new(default, BlobKind.Data, codec, length, script.Rest.Length + PackLayout.RecordOverhead, PackLayout.HeaderLength, 0);
        byte[] record = new byte[entry.StoredLength];
        FuzzPack.Data.Seal.SealRecord(entry, script.Rest, record);

        _plain.AsSpan(length, CanaryLength).Fill(Canary);
        bool isOpen;
        using (Allocation.AtMost(AllocationFor(input.Length)))
        {
            // A directory never has another codec; the decompressor must refuse it all the same. Stored plain, the two lengths are equal there.
            isOpen = (codec != BlobCodec.None || length == script.Rest.Length) && _decoder.TryOpen(FuzzPack.Data.Seal, entry, record, _plain.AsSpan(0, length));
        }

        PropertyException.Require(!_plain.AsSpan(length, CanaryLength).ContainsAnyExcept(Canary), "more was written than the declared length");
        if (!isOpen)
        {
            return Outcome.Accepted(0, (int)codec, length);
        }

        PackEntry named = entry with { Id = _hasher.Hash(BlobKind.Data, _plain.AsSpan(0, length)) };
        byte[] expected = _plain[..length];
        FuzzPack.Data.Seal.SealRecord(named, script.Rest, record);
        PropertyException.Require(
            _decoder.TryDecode(FuzzPack.Data.Seal, named, record, _plain.AsSpan(0, length)) && _plain.AsSpan(0, length).SequenceEqual(expected), "the same record opens to something else");
        PropertyException.Require(!_decoder.TryDecode(FuzzPack.Data.Seal, entry, record, _plain.AsSpan(0, length)), "a record opens under another id");
        return Outcome.Accepted(1, (int)codec, length);
    }

    public override void Dispose()
    {
        _decoder.Dispose();
        _hasher.Dispose();
        base.Dispose();
    }
}
