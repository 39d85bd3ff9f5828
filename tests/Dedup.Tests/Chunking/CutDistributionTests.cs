using Dedup.Chunking;
using Xunit;

namespace Dedup.Tests.Chunking;

/// <summary>On random data every byte beyond the minimum is a cut with probability 1/T: lengths are min + a geometric one.</summary>
public sealed class CutDistributionTests
{
    private const ulong Seed = 41;
    private const long Total = 512L << 20;

    [Fact]
    public void Chunk_lengths_of_512_MiB_have_the_mean_and_the_spread_of_the_definition()
    {
        // A target of 32 KiB keeps small what the definition leaves out of "geometric": at most one candidate follows an
        // anchor, which lowers the mean by the mean distance to the next anchor, 66 bytes or a quarter of sigma here.
        ChunkerParameters parameters = new(8192, 32768, 1 << 20);
        using Chunker chunker = new(ChunkerTestData.Key, parameters);
        List<int> lengths = Lengths(chunker, parameters.MaxLength);

        double n = lengths.Count;
        double mean = lengths.Average();
        double spread = Math.Sqrt(lengths.Sum(length => (length - mean) * (length - mean)) / n);

        // The standard errors of an exponential distribution's mean and standard deviation are T/sqrt(n) and T*sqrt(2/n).
        double target = parameters.TargetLength;
        Assert.InRange(mean - parameters.MinLength - target, -3 * target / Math.Sqrt(n), 3 * target / Math.Sqrt(n));
        Assert.InRange(spread - target, -3 * target * Math.Sqrt(2 / n), 3 * target * Math.Sqrt(2 / n));
        Assert.True(lengths.Min() >= parameters.MinLength, $"seed {Seed}");
        Assert.True(lengths.Max() < parameters.MaxLength, $"seed {Seed}");
    }

    private static List<int> Lengths(Chunker chunker, int maxLength)
    {
        SplitMix64 random = new(Seed);
        List<int> lengths = [];
        byte[] buffer = new byte[8 << 20];
        int held = 0;
        for (long read = 0; read < Total; read += buffer.Length - maxLength)
        {
            random.Fill(buffer.AsSpan(held));
            int start = 0;
            while (buffer.Length - start >= maxLength)
            {
                lengths.Add(chunker.FindCut(buffer.AsSpan(start), isEnd: false));
                start += lengths[^1];
            }

            held = buffer.Length - start;
            buffer.AsSpan(start).CopyTo(buffer);
        }

        return lengths;
    }
}
