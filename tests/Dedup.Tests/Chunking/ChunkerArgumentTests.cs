using Dedup.Chunking;
using Xunit;

namespace Dedup.Tests.Chunking;

public sealed class ChunkerArgumentTests
{
    [Fact]
    public void The_default_cuts_chunks_of_half_a_MiB_on_average()
    {
        Assert.Equal(new ChunkerParameters(256 << 10, 256 << 10, 2 << 20), ChunkerParameters.Default);
        Assert.Equal(new ChunkerParameters(8192, 8192, 65536), ChunkerParameters.FromAverage(16384));
    }

    [Theory]
    [InlineData(4096, 8192, 65536, "minimum")]
    [InlineData(10_000, 8192, 65536, "minimum")]
    [InlineData(-8192, 8192, 65536, "minimum")]
    [InlineData(8192, 0, 65536, "target")]
    [InlineData(8192, 2048, 65536, "target")]
    [InlineData(8192, 1 << 27, 65536, "target")]
    [InlineData(8192, 8192, 1 << 27, "maximum")]
    [InlineData(8192, 8192, 65535, "maximum")]
    [InlineData(65536, 8192, 32768, "exceeds the maximum")]
    public void Lengths_that_cannot_be_are_refused_with_a_line_that_names_them(int min, int target, int max, string named)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new ChunkerParameters(min, target, max));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8192)]
    [InlineData(100_000)]
    [InlineData(32 << 20)]
    public void Averages_that_cannot_be_are_refused(int average) =>
        Assert.Throws<ArgumentException>(() => ChunkerParameters.FromAverage(average));

    [Fact]
    public void A_key_of_another_length_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Chunker(new byte[15], ChunkerParameters.Default));
        Assert.Throws<ArgumentException>(() => new ParallelChunker(new byte[32], ChunkerParameters.Default, 1));
    }

    [Fact]
    public void A_window_too_short_to_find_the_cut_is_refused_before_the_end()
    {
        using Chunker chunker = new(ChunkerTestData.Key, ChunkerParameters.Default);
        byte[] data = new byte[ChunkerParameters.Default.MaxLength];
        Assert.Throws<ArgumentException>(() => chunker.FindCut(data.AsSpan(1), isEnd: false));
        Assert.Equal(data.Length, chunker.FindCut(data, isEnd: false));
        Assert.Equal(data.Length - 1, chunker.FindCut(data.AsSpan(1), isEnd: true));
        Assert.Equal(0, chunker.FindCut([], isEnd: true));
    }

    [Fact]
    public void The_parallel_chunker_stops_when_cancelled_and_works_again_after()
    {
        byte[] data = ChunkerTestData.Random(71, 4 << 20);
        List<int> lengths = [];
        using ParallelChunker chunker = new(ChunkerTestData.Key, ChunkerParameters.Default, maxConcurrency: 2);
        Assert.ThrowsAny<OperationCanceledException>(
            () => chunker.FindCuts(data, isEnd: true, lengths, new CancellationToken(canceled: true)));
        Assert.Empty(lengths);
        Assert.Equal(data.Length, chunker.FindCuts(data, isEnd: true, lengths, CancellationToken.None));
        Assert.Equal(data.Length, lengths.Sum());
    }

    [Fact]
    public void Finding_a_cut_allocates_nothing()
    {
        byte[] data = ChunkerTestData.Random(72, 4 << 20);
        using Chunker chunker = new(ChunkerTestData.Key, ChunkerParameters.Default);
        _ = chunker.FindCut(data, isEnd: true);
        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                _ = chunker.FindCut(data.AsSpan(i * 1000), isEnd: true);
            }
        }));
    }
}
