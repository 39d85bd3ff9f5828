using Dedup.Compression;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Dedup.Tests.Compression;

public sealed class RoundTripTests
{
    private static readonly CompressionOptions[] AllOptions =
    [
        CompressionOptions.None, CompressionOptions.Lz4, CompressionOptions.Zstd(1), CompressionOptions.Zstd(),
        CompressionOptions.Zstd(5), CompressionOptions.Zstd(9),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(31)]
    [InlineData(4096)]
    [InlineData(65_535)]
    [InlineData(65_537)]
    [InlineData(16 << 20)]
    public void Every_codec_gives_back_what_it_took(int length)
    {
        foreach (SampleData.Kind kind in Enum.GetValues<SampleData.Kind>())
        {
            byte[] plain = SampleData.Create(kind, length, seed: length);
            foreach (CompressionOptions options in AllOptions)
            {
                using BlobCompressor compressor = new(options);
                using BlobDecompressor decompressor = new();
                AssertRoundTrip(compressor, decompressor, plain);
            }
        }
    }

    [Fact]
    public void Random_lengths_and_kinds_come_back_through_reused_contexts()
    {
        BlobCompressor[] compressors = [.. AllOptions.Select(options => new BlobCompressor(options))];
        using BlobDecompressor decompressor = new();
        Gen<(SampleData.Kind Kind, int Length, int Seed, int Codec)> cases =
            from kind in Gen.Elements(Enum.GetValues<SampleData.Kind>())
            from length in Gen.Frequency((2, Gen.Choose(0, 300)), (1, Gen.Choose(0, 300_000)))
            from seed in Gen.Choose(0, int.MaxValue)
            from codec in Gen.Choose(0, AllOptions.Length - 1)
            select (kind, length, seed, codec);

        // The replay is the seed; a failure prints the case, which names its own.
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(7_021_948_213UL, 3_498_576_231UL),
            Prop.ForAll(cases.ToArbitrary(), c =>
                AssertRoundTrip(compressors[c.Codec], decompressor, SampleData.Create(c.Kind, c.Length, c.Seed))));

        foreach (BlobCompressor compressor in compressors)
        {
            compressor.Dispose();
        }
    }

    [Fact]
    public async Task Threads_with_contexts_of_their_own_do_not_disturb_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            CompressionOptions options = AllOptions[1 + worker];
            using BlobCompressor compressor = new(options);
            using BlobDecompressor decompressor = new();
            foreach (int seed in Enumerable.Range(0, 60))
            {
                SampleData.Kind kind = (SampleData.Kind)(seed % 6);
                AssertRoundTrip(compressor, decompressor, SampleData.Create(kind, 1000 * seed, seed));
            }
        })));
    }

    private static void AssertRoundTrip(BlobCompressor compressor, BlobDecompressor decompressor, byte[] plain)
    {
        byte[] compressed = new byte[BlobCompressor.MaxCompressedLength(plain.Length)];
        BlobCodec codec = compressor.Compress(plain, compressed, out int written);
        ReadOnlySpan<byte> stored = codec == BlobCodec.None ? plain : compressed.AsSpan(0, written);
        byte[] back = new byte[plain.Length];
        Assert.True(decompressor.TryDecompress(codec, stored, back));
        Assert.True(plain.AsSpan().SequenceEqual(back));
        Assert.True(codec == BlobCodec.None ? written == 0 : written < plain.Length);
    }
}
