using Dedup.Catalogue;
using Dedup.Compression;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Packing;
using Dedup.Sessions;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>What an encoder, the memory or the processor spoils is found before the blob counts as stored.</summary>
public sealed class ReadBackTests : IDisposable
{
    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 30);
    private readonly RepositoryKeys _keys;

    public ReadBackTests()
    {
        using MasterKey master = MasterKey.FromBytes(new byte[MasterKey.Length]);
        _keys = new RepositoryKeys(master, new Bytes32(new byte[Bytes32.Length]));
    }

    public static TheoryData<string> Codecs => new("none", "lz4", "zstd");

    private static byte[] Content => [.. Enumerable.Repeat("a line that compresses well, "u8.ToArray(), 20).SelectMany(line => line)];

    public void Dispose()
    {
        _keys.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task A_compressor_that_spoils_any_byte_is_caught(string codecName)
    {
        byte[] plain = Content;
        using BlobEncoder encoder = new(_keys, Codec(codecName));
        byte[] body = Compress(encoder.Compressor, plain, out BlobCodec codec);
        Assert.Equal(codecName == "none", codec == BlobCodec.None);
        await using PackWriter pack = await PackWriter.BeginAsync(new MemoryStore(), _keys, PackKind.Data, new BufferPool(1 << 16), CancellationToken.None);
        BlobId id = encoder.Hash(BlobKind.Data, plain);
        encoder.Verify(pack.Add(id, BlobKind.Data, codec, plain.Length, body, CancellationToken.None), plain);
        int caught = 0;
        for (int i = 0; i < body.Length; i++)
        {
            body[i] ^= 0x10;
            SealedRecord record = pack.Add(id, BlobKind.Data, codec, plain.Length, body, CancellationToken.None);
            if (!IsHarmless(record, plain))
            {
                Assert.Throws<VerificationFailedException>(() => encoder.Verify(record, plain));
                caught++;
            }

            body[i] ^= 0x10;
        }

        Assert.InRange(caught, body.Length - 1, body.Length);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task A_seal_that_is_spoilt_at_any_byte_is_caught(string codecName)
    {
        byte[] plain = Content;
        using BlobEncoder encoder = new(_keys, Codec(codecName));
        byte[] body = Compress(encoder.Compressor, plain, out BlobCodec codec);
        await using PackWriter pack = await PackWriter.BeginAsync(new MemoryStore(), _keys, PackKind.Data, new BufferPool(1 << 16), CancellationToken.None);
        SealedRecord record = pack.Add(encoder.Hash(BlobKind.Data, plain), BlobKind.Data, codec, plain.Length, body, CancellationToken.None);
        byte[] bytes = record.Bytes.ToArray();
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            SealedRecord spoilt = record with { Bytes = bytes };
            Assert.Throws<VerificationFailedException>(() => encoder.Verify(spoilt, plain));
            bytes[i] ^= 1;
        }
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Of_many_blobs_of_which_one_in_a_thousand_is_spoilt_just_these_are_caught(string codecName)
    {
        const int Blobs = 20_000, Seed = 20261125;
        Random random = new(Seed);
        byte[] plain = Content;
        using BlobEncoder encoder = new(_keys, Codec(codecName));
        await using PackWriter pack = await PackWriter.BeginAsync(new MemoryStore(), _keys, PackKind.Data, new BufferPool(1 << 16), CancellationToken.None);
        int spoilt = 0, caught = 0;
        for (int i = 0; i < Blobs; i++)
        {
            random.NextBytes(plain.AsSpan(0, 8));
            byte[] body = Compress(encoder.Compressor, plain, out BlobCodec codec);
            bool isSpoilt = random.Next(1000) == 0, isSealSpoilt = random.Next(2) == 0;
            if (isSpoilt && !isSealSpoilt)
            {
                body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
            }

            SealedRecord record = pack.Add(encoder.Hash(BlobKind.Data, plain), BlobKind.Data, codec, plain.Length, body, CancellationToken.None);
            if (isSpoilt && isSealSpoilt)
            {
                byte[] bytes = record.Bytes.ToArray();
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                record = record with { Bytes = bytes };
            }

            isSpoilt &= isSealSpoilt || !IsHarmless(record, plain);
            spoilt += isSpoilt ? 1 : 0;
            try
            {
                encoder.Verify(record, plain);
                Assert.False(isSpoilt, $"seed {Seed}, blob {i} was spoilt, and nobody noticed");
            }
            catch (VerificationFailedException)
            {
                Assert.True(isSpoilt, $"seed {Seed}, blob {i} was whole");
                caught++;
            }
        }

        Assert.InRange(spoilt, 5, 60);
        Assert.Equal(spoilt, caught);
    }

    [Fact]
    public async Task Nothing_of_a_blob_that_does_not_read_back_reaches_the_store()
    {
        byte[] plain = Content;
        MemoryStore store = new();
        int asked = 0;
        SpoilingStore spoiling = new(store)
        {
            BeforeSeal = () =>
            {
                // Once: a second change would undo the first.
                if (asked++ == 0)
                {
                    plain[7] ^= 1;
                }
            },
        };
        using (CatalogueDatabase catalogue = CatalogueDatabase.Open(_folder.Path + "/cache", _keys.Repository.ToArray()))
        {
            await using BlobWriter writer = new(spoiling, spoiling, _keys, catalogue, new ReusablePacks(GcState.None, []), CompressionOptions.Lz4, 1 << 20, 1, CancellationToken.None);
            Assert.Throws<VerificationFailedException>(() => writer.Write(BlobKind.Data, plain));
        }

        Assert.True(asked > 0);
        Assert.Empty((await StoreContent.ReadAsync(store)).Names);
    }

    [Fact]
    public async Task A_footer_that_the_store_does_not_give_back_is_caught_and_its_pack_not_published()
    {
        for (int spoilt = 1; spoilt < 30; spoilt += 4)
        {
            MemoryStore store = new();
            SpoilingStore spoiling = new(store) { SpoiltFromEnd = spoilt };
            using BlobEncoder encoder = new(_keys, CompressionOptions.None);
            await using PackWriter pack = await PackWriter.BeginAsync(spoiling, _keys, PackKind.Data, new BufferPool(1 << 16), CancellationToken.None);
            pack.Add(encoder.Hash(BlobKind.Data, Content), BlobKind.Data, BlobCodec.None, Content.Length, Content, CancellationToken.None);
            await Assert.ThrowsAnyAsync<DedupException>(async () => await pack.PublishAsync(CancellationToken.None));
            Assert.Empty((await StoreContent.ReadAsync(store)).Names);
        }
    }

    /// <summary>Whether a record is the same blob all the same: zstd has a bit in its frame header that decoders pass over.</summary>
    private bool IsHarmless(SealedRecord record, byte[] plain)
    {
        using BlobDecoder decoder = new(_keys);
        byte[] decoded = new byte[plain.Length];
        return decoder.TryDecode(record.Seal, record.Entry, record.Bytes.Span, decoded) && decoded.AsSpan().SequenceEqual(plain);
    }

    private static byte[] Compress(BlobCompressor compressor, byte[] plain, out BlobCodec codec)
    {
        byte[] body = new byte[plain.Length];
        codec = compressor.Compress(plain, body, out int length);
        return codec == BlobCodec.None ? [.. plain] : body[..length];
    }

    private static CompressionOptions Codec(string name) => name switch
    {
        "none" => CompressionOptions.None,
        "lz4" => CompressionOptions.Lz4,
        _ => CompressionOptions.Zstd(3),
    };
}
