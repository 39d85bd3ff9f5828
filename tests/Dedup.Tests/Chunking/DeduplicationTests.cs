using System.Security.Cryptography;
using Dedup.Chunking;
using Xunit;

namespace Dedup.Tests.Chunking;

/// <summary>The keyed cuts must not cost space: on versions of a tree they deduplicate as well as a plain Gear chunker.</summary>
public sealed class DeduplicationTests
{
    private const int Keys = 8;
    private static readonly ChunkerParameters Parameters = new(8192, 8192, 65536);

    private delegate int FindCut(ReadOnlySpan<byte> data);

    [Fact]
    public void Versions_of_a_tree_deduplicate_as_well_as_with_gear_at_equal_average()
    {
        List<byte[]> versions = VersionedTree.Make(seed: 61, files: 220, versions: 6);
        double ours = 0, gears = 0, ourAverage = 0, gearAverage = 0;
        for (int i = 0; i < Keys; i++)
        {
            using Chunker chunker = new(ChunkerTestData.KeyOf(i), Parameters);
            Measure(versions, data => chunker.FindCut(data, isEnd: true), ref ours, ref ourAverage);
            GearChunker gear = new(seed: 1000 + (ulong)i, Parameters.MinLength, Parameters.TargetLength, Parameters.MaxLength);
            Measure(versions, gear.FindCut, ref gears, ref gearAverage);
        }

        Assert.InRange(ourAverage / gearAverage, 0.97, 1.03);
        Assert.True(ours >= gears * 0.99, $"ours {ours / Keys:F3}, Gear {gears / Keys:F3}");
        Assert.True(gears / Keys > 2, "the versions have too little in common to tell");
    }

    /// <summary>Adds how many times more bytes there are than must be stored, and the mean length of a chunk.</summary>
    private static void Measure(List<byte[]> versions, FindCut findCut, ref double ratio, ref double average)
    {
        HashSet<string> known = [];
        long total = 0, stored = 0, chunks = 0;
        foreach (byte[] version in versions)
        {
            for (int start = 0, length; start < version.Length; start += length)
            {
                ReadOnlySpan<byte> rest = version.AsSpan(start);
                length = findCut(rest);
                total += length;
                chunks++;
                stored += known.Add(Convert.ToHexString(SHA256.HashData(rest[..length]))) ? length : 0;
            }
        }

        ratio += total / (double)stored;
        average += total / (double)chunks;
    }
}
