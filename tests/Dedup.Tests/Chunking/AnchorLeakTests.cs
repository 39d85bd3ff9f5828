using Dedup.Chunking;
using Xunit;

namespace Dedup.Tests.Chunking;

/// <summary>
/// What an observer of chunk lengths learns about the data must not depend on the anchors, which anyone can compute for data
/// he knows: each byte within reach of an anchor is a cut with the same probability. Each test compares, over 400 keys,
/// what happens with what chance gives, and asks for three standard errors.
/// </summary>
public sealed class AnchorLeakTests
{
    private static readonly ChunkerParameters Parameters = LeakSample.Parameters;

    [Theory]
    [InlineData("random")]
    [InlineData("text")]
    [InlineData("archive")]
    public void A_cut_falls_on_an_anchor_no_more_often_than_on_any_byte(string kind)
    {
        LeakSample sample = LeakSample.Of(kind);
        double[] excess = Excess(sample.Map, sample.Cuts, CutOnAnchor);
        Assert.InRange(StandardErrors(excess), -3, 3);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("text")]
    [InlineData("archive")]
    public void Cutting_at_the_anchor_itself_would_fail_the_test_above(string kind)
    {
        AnchorMap map = LeakSample.Of(kind).Map;
        IEnumerable<List<int>> cuts = Enumerable.Range(0, LeakSample.Keys).Select(key => NaiveCuts(map, ChunkerTestData.KeyOf(key)));
        double[] excess = Excess(map, cuts, CutOnAnchor);
        Assert.True(StandardErrors(excess) > 30);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("text")]
    [InlineData("archive")]
    public void Cuts_lie_evenly_between_anchors(string kind)
    {
        LeakSample sample = LeakSample.Of(kind);
        double[] excess = Excess(sample.Map, sample.Cuts, PlaceBetweenAnchors);
        Assert.InRange(StandardErrors(excess), -3, 3);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("text")]
    [InlineData("archive")]
    public void A_cut_may_fall_between_the_minimum_and_the_first_anchor_after_it(string kind)
    {
        LeakSample sample = LeakSample.Of(kind);
        double[] excess = Excess(sample.Map, sample.Cuts, CutBeforeFirstAnchor);
        Assert.InRange(StandardErrors(excess), -3, 3);
    }

    /// <summary>1 for a cut right after an anchor, less the share of anchors among the bytes where cuts can be.</summary>
    private static double CutOnAnchor(AnchorMap map, int start, int cut) => (map.IsAnchor(cut - 1) ? 1 : 0) - map.Density;

    /// <summary>Where a cut lies between two anchors, from -1/2 to 1/2; chunks whose minimum lies there too are left out.</summary>
    private static double PlaceBetweenAnchors(AnchorMap map, int start, int cut)
    {
        int anchor = map.LastAnchor(cut - 1);
        double room = Math.Min(map.NextAnchor(anchor + 1) - anchor, CandidateScanner.Reach);
        return anchor < start + Parameters.MinLength ? 0 : ((cut - anchor - 0.5) / room) - 0.5;
    }

    /// <summary>1 for a cut up to the first anchor after the minimum, less the bytes from one to the other within reach over T.</summary>
    private static double CutBeforeFirstAnchor(AnchorMap map, int start, int cut)
    {
        int least = start + Parameters.MinLength;
        int first = map.NextAnchor(least);
        int reached = Math.Min(first, map.LastAnchor(least - 1) + CandidateScanner.Reach);
        return (cut <= first ? 1 : 0) - (Math.Max(0, reached - least + 1) / (double)Parameters.TargetLength);
    }

    /// <summary>Sums a quantity whose mean should be zero over the cuts of each key. The stream's end and cuts at the maximum
    /// are no candidates and don't count; keys are independent, cuts of one key in repetitive data are not.</summary>
    private static double[] Excess(
        AnchorMap map, IEnumerable<List<int>> cutsOfKeys, Func<AnchorMap, int, int, double> quantity) =>
        [.. cutsOfKeys.Select(cuts => cuts.Prepend(0).Zip(cuts)
            .Where(chunk => chunk.Second < map.Data.Length && chunk.Second - chunk.First < Parameters.MaxLength)
            .Sum(chunk => quantity(map, chunk.First, chunk.Second)))];

    private static double StandardErrors(double[] sums)
    {
        double mean = sums.Average();
        double variance = sums.Sum(sum => (sum - mean) * (sum - mean)) / (sums.Length - 1);
        return mean / Math.Sqrt(variance / sums.Length);
    }

    /// <summary>What chunkers with a keyed function at the boundary itself do: the anchors whose value is small are cuts.</summary>
    private static List<int> NaiveCuts(AnchorMap map, byte[] key)
    {
        ulong[] values = new ulong[map.Anchors.Length];
        using AnchorPrf prf = new(key, values.Length);
        prf.Evaluate(map.Data, map.Anchors, values);
        ulong bound = ulong.MaxValue / (ulong)Parameters.TargetLength * (ulong)(1 / map.Density);
        List<int> cuts = [0];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] < bound && map.Anchors[i] + 1 - cuts[^1] >= Parameters.MinLength)
            {
                cuts.Add(map.Anchors[i] + 1);
            }
        }

        return [.. cuts.Skip(1)];
    }
}
