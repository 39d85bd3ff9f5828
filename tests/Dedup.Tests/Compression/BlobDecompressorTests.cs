using Dedup.Compression;
using Dedup.Tests.Native;
using Xunit;

namespace Dedup.Tests.Compression;

/// <summary>Data as an attacker or a failing disk would hand it over. Buffers end at a page without access.</summary>
public sealed class BlobDecompressorTests
{
    public static TheoryData<BlobCodec> Codecs => [BlobCodec.Lz4, BlobCodec.Zstd];

    [Theory]
    [InlineData(BlobCodec.None)]
    [InlineData(BlobCodec.Lz4)]
    [InlineData(BlobCodec.Zstd)]
    public void A_wrong_declared_length_is_refused(BlobCodec codec)
    {
        byte[] plain = SampleData.Create(SampleData.Kind.Text, 5000, seed: 1);
        byte[] compressed = Compress(codec, plain);
        Assert.True(Try(codec, compressed, 5000));
        foreach (int length in new[] { 0, 1, 2500, 4999, 5001, 10_000, 1 << 20 })
        {
            Assert.False(Try(codec, compressed, length));
        }
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Every_truncation_is_refused(BlobCodec codec)
    {
        byte[] compressed = Compress(codec, SampleData.Create(SampleData.Kind.Text, 2000, seed: 2));
        for (int length = 0; length < compressed.Length; length++)
        {
            Assert.False(Try(codec, compressed.AsSpan(0, length), 2000));
        }
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Bytes_after_the_end_are_refused(BlobCodec codec)
    {
        byte[] plain = SampleData.Create(SampleData.Kind.Text, 2000, seed: 3);
        byte[] compressed = Compress(codec, plain);
        for (int last = 0; last < 256; last++)
        {
            Assert.False(Try(codec, [.. compressed, (byte)last], 2000));
        }

        Assert.False(Try(codec, [.. compressed, .. compressed], 2000));
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Flipped_bits_never_lead_outside_of_the_buffers(BlobCodec codec)
    {
        foreach (SampleData.Kind kind in new[] { SampleData.Kind.Text, SampleData.Kind.Records })
        {
            byte[] compressed = Compress(codec, SampleData.Create(kind, 1500, seed: 4));
            for (int bit = 0; bit < compressed.Length * 8; bit++)
            {
                compressed[bit / 8] ^= (byte)(1 << (bit % 8));
                _ = Try(codec, compressed, 1500);
                compressed[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            Assert.True(Try(codec, compressed, 1500));
        }
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Noise_never_leads_outside_of_the_buffers(BlobCodec codec)
    {
        Random random = new(5);
        for (int i = 0; i < 5000; i++)
        {
            byte[] noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            if (codec == BlobCodec.Zstd && noise.Length > 10)
            {
                // A header that passes (content size of one byte), so that the blocks are reached.
                byte[] header = [0x28, 0xB5, 0x2F, 0xFD, 0x20, 200];
                header.CopyTo(noise, 0);
            }

            _ = Try(codec, noise, 200);
        }
    }

    [Theory]
    // LZ4: one literal, then a match of 255 times as many bytes as the block has.
    [InlineData(BlobCodec.Lz4, "1F610100" + "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" + "00" + "503132333435", 100)]
    // zstd: 100 bytes declared, an RLE block of 128 KiB (type 1, size 131072).
    [InlineData(BlobCodec.Zstd, "28B52FFD" + "20" + "64" + "030010" + "7A", 100)]
    // 4 GiB less one declared.
    [InlineData(BlobCodec.Zstd, "28B52FFD" + "A0" + "FFFFFFFF" + "030010" + "7A", 100)]
    public void A_bomb_is_refused(BlobCodec codec, string compressed, int length)
    {
        using BlobDecompressor decompressor = new();
        byte[] bomb = Convert.FromHexString(compressed);
        _ = decompressor.TryDecompress(codec, bomb, new byte[length]);
        byte[] plain = new byte[length];
        bool decompressed = false;
        Assert.Equal(0, AllocatedBytes.Of(() => decompressed |= decompressor.TryDecompress(codec, bomb, plain)));
        Assert.False(decompressed);
        Assert.False(Try(codec, bomb, length));
    }

    [Theory]
    [InlineData("28B52FFD" + "20" + "05" + "290000" + "68656C6C6F", true)]
    [InlineData("28B52FFD" + "20" + "05" + "290000" + "68656C6C6F" + "28B52FFD" + "20" + "00" + "010000", false)] // Two frames.
    [InlineData("502A4D18" + "00000000" + "28B52FFD" + "20" + "05" + "290000" + "68656C6C6F", false)] // A skippable one first.
    [InlineData("28B52FFD" + "00" + "58" + "290000" + "68656C6C6F", false)] // No content size.
    public void Of_zstd_only_a_single_frame_with_its_content_size_is_taken(string compressed, bool taken) =>
        Assert.Equal(taken, Try(BlobCodec.Zstd, Convert.FromHexString(compressed), 5));

    [Fact]
    public void A_codec_that_does_not_exist_is_refused() => Assert.False(Try((BlobCodec)3, "abc"u8, 3));

    [Fact]
    public void A_blob_is_refused_under_another_codec()
    {
        byte[] plain = SampleData.Create(SampleData.Kind.Text, 2000, seed: 6);
        Assert.False(Try(BlobCodec.Zstd, Compress(BlobCodec.Lz4, plain), 2000));
        Assert.False(Try(BlobCodec.Lz4, Compress(BlobCodec.Zstd, plain), 2000));
        Assert.False(Try(BlobCodec.None, Compress(BlobCodec.Zstd, plain), 2000));
    }

    private static bool Try(BlobCodec codec, ReadOnlySpan<byte> compressed, int length)
    {
        using BlobDecompressor decompressor = new();
        using GuardedBuffer source = new(compressed);
        using GuardedBuffer target = new(length);
        bool decompressed = decompressor.TryDecompress(codec, source.Span, target.Span);
        Assert.True(target.IsFrontIntact);
        Assert.True(source.IsFrontIntact);
        return decompressed;
    }

    private static byte[] Compress(BlobCodec codec, byte[] plain)
    {
        using BlobCompressor compressor = new(codec switch
        {
            BlobCodec.Lz4 => CompressionOptions.Lz4,
            BlobCodec.Zstd => CompressionOptions.Zstd(),
            _ => CompressionOptions.None,
        });
        byte[] compressed = new byte[plain.Length];
        return compressor.Compress(plain, compressed, out int written) == BlobCodec.None ? plain : compressed[..written];
    }
}
