using Dedup.Compression;
using Xunit;

namespace Dedup.Tests.Compression;

public sealed class CompressionOptionsTests
{
    [Theory]
    [InlineData("none", BlobCodec.None, 0, "none")]
    [InlineData("lz4", BlobCodec.Lz4, 0, "lz4")]
    [InlineData("zstd", BlobCodec.Zstd, 3, "zstd:3")]
    [InlineData("zstd:1", BlobCodec.Zstd, 1, "zstd:1")]
    [InlineData("zstd:19", BlobCodec.Zstd, 19, "zstd:19")]
    public void Text_is_read_and_written_back(string text, BlobCodec codec, int level, string written)
    {
        Assert.True(CompressionOptions.TryParse(text, out CompressionOptions? options));
        Assert.Equal((codec, level), (options.Codec, options.Level));
        Assert.Equal(written, options.ToString());
        Assert.True(CompressionOptions.TryParse(written, out CompressionOptions? again));
        Assert.Equal(options, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("LZ4")]
    [InlineData("gzip")]
    [InlineData("lz4:1")]
    [InlineData("zstd:")]
    [InlineData("zstd:0")]
    [InlineData("zstd:20")]
    [InlineData("zstd:-1")]
    [InlineData("zstd:+3")]
    [InlineData("zstd: 3")]
    [InlineData("zstd:3 ")]
    [InlineData("zstd:99999999999")]
    public void Other_text_is_refused(string? text) => Assert.False(CompressionOptions.TryParse(text, out _));

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void Levels_that_do_not_exist_are_refused(int level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CompressionOptions.Zstd(level));
}
