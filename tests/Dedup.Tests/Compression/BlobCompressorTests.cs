using Dedup.Compression;
using Xunit;

namespace Dedup.Tests.Compression;

public sealed class BlobCompressorTests
{
    public static TheoryData<string> AllOptions => ["none", "lz4", "zstd:1", "zstd:3", "zstd:5", "zstd:9"];

    public static TheoryData<string> Codecs => ["lz4", "zstd:1", "zstd:3", "zstd:5", "zstd:9", "zstd:19"];

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Random_data_is_left_to_be_stored_as_it_is(string options)
    {
        using BlobCompressor compressor = new(Parse(options));
        foreach (int length in new[] { 0, 1, 15, 16, 100, 4095, 4096, 100_000, 1 << 20 })
        {
            byte[] plain = SampleData.Create(SampleData.Kind.Random, length, seed: length);
            Assert.Equal(BlobCodec.None, compressor.Compress(plain, new byte[length], out int written));
            Assert.Equal(0, written);
        }
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Redundant_data_is_compressed_by_the_chosen_codec(string options)
    {
        using BlobCompressor compressor = new(Parse(options));
        byte[] plain = SampleData.Create(SampleData.Kind.Text, 1 << 20, seed: 1);
        Assert.Equal(Parse(options).Codec, compressor.Compress(plain, new byte[plain.Length], out int written));
        Assert.InRange(written, 1, plain.Length / 2);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void A_saving_of_less_than_a_64th_does_not_count(string options)
    {
        // Random but for zeros at the end, of which next to nothing is left: about so many bytes are saved.
        Assert.Equal(BlobCodec.None, CodecWithZeros(options, 64_000 / 64 * 9 / 10));
        Assert.NotEqual(BlobCodec.None, CodecWithZeros(options, 64_000 / 64 * 15 / 10));
    }

    [Theory]
    [InlineData("zstd:5")]
    [InlineData("zstd:19")]
    public void A_redundant_stretch_that_no_sample_meets_is_compressed(string options)
    {
        // The probe samples at the start, at each third and at the end.
        byte[] plain = SampleData.Create(SampleData.Kind.Random, 512 << 10, seed: 2);
        plain.AsSpan(40_000, 100_000).Clear();
        using BlobCompressor compressor = new(Parse(options));
        Assert.Equal(BlobCodec.Zstd, compressor.Compress(plain, new byte[plain.Length], out int written));
        Assert.InRange(written, 1, plain.Length - 99_000);
    }

    [Theory]
    [InlineData("zstd:3")]
    [InlineData("zstd:9")]
    public void Data_without_repetition_but_of_few_byte_values_is_compressed_by_zstd(string options)
    {
        byte[] plain = SampleData.Create(SampleData.Kind.Base64, 512 << 10, seed: 3);
        using BlobCompressor compressor = new(Parse(options));
        Assert.Equal(BlobCodec.Zstd, compressor.Compress(plain, new byte[plain.Length], out int written));
        Assert.InRange(written, 1, plain.Length * 77 / 100);
    }

    [Theory]
    [MemberData(nameof(AllOptions))]
    public void Nothing_is_written_past_the_room_asked_for_and_nothing_allocated(string options)
    {
        using BlobCompressor compressor = new(Parse(options));
        foreach (SampleData.Kind kind in Enum.GetValues<SampleData.Kind>())
        {
            byte[] plain = SampleData.Create(kind, 200_000, seed: 4);
            byte[] destination = new byte[plain.Length];
            int room = BlobCompressor.MaxCompressedLength(plain.Length);
            destination.AsSpan(room).Fill(0xC5);
            compressor.Compress(plain, destination, out _);
            Assert.Equal(0, AllocatedBytes.Of(() => compressor.Compress(plain, destination, out _)));
            Assert.False(destination.AsSpan(room).ContainsAnyExcept((byte)0xC5));
        }
    }

    [Fact]
    public void A_destination_shorter_than_the_room_asked_for_is_misuse()
    {
        using BlobCompressor compressor = new(CompressionOptions.Lz4);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => compressor.Compress(new byte[1000], new byte[BlobCompressor.MaxCompressedLength(1000) - 1], out _));
    }

    private static BlobCodec CodecWithZeros(string options, int zeros)
    {
        byte[] plain = SampleData.Create(SampleData.Kind.Random, 64_000, seed: 5);
        plain.AsSpan(64_000 - zeros).Clear();
        using BlobCompressor compressor = new(Parse(options));
        return compressor.Compress(plain, new byte[plain.Length], out _);
    }

    private static CompressionOptions Parse(string options) =>
        CompressionOptions.TryParse(options, out CompressionOptions? parsed) ? parsed : throw new ArgumentException(options);
}
