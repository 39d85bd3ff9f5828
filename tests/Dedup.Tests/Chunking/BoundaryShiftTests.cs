using Dedup.Chunking;
using Xunit;

namespace Dedup.Tests.Chunking;

/// <summary>An edit changes candidates near it only: this is what makes an edited file share its chunks.</summary>
public sealed class BoundaryShiftTests
{
    private const ulong Seed = 31;
    private const int Length = 1 << 19;

    /// <summary>More than 4096, so that the bound on the distance from anchor to candidate is at work.</summary>
    private const int Target = 8192;

    [Theory]
    [InlineData("mixed", "insert")]
    [InlineData("mixed", "delete")]
    [InlineData("mixed", "overwrite")]
    [InlineData("sparse", "insert")]
    [InlineData("sparse", "delete")]
    [InlineData("sparse", "overwrite")]
    public void Candidates_away_from_an_edit_stay_with_their_bytes(string kind, string edit)
    {
        SplitMix64 random = new(Seed);
        byte[] before = kind == "mixed" ? ChunkerTestData.Mixed(Seed, Length) : ChunkerTestData.Sparse(Seed, Length);
        List<int> oldCandidates = Candidates(before);
        for (int i = 0; i < 60; i++)
        {
            int position = random.Below(Length - 4096);
            int removed = edit == "insert" ? 0 : 1 + random.Below(i % 2 == 0 ? 3 : 4096);
            int inserted = edit switch
            {
                "insert" => 1 + random.Below(i % 2 == 0 ? 3 : 4096),
                "delete" => 0,
                _ => removed,
            };
            byte[] after = [.. before[..position], .. random.Bytes(inserted), .. before[(position + removed)..]];
            List<int> newCandidates = Candidates(after);

            // Whether a byte is a candidate depends on bytes before it alone, and on none more than 4096 + 63 before.
            string what = $"seed {Seed}, {kind} data, {edit} {i} at {position}, {removed} bytes out, {inserted} in";
            int behind = position + removed + CandidateScanner.Reach + AnchorPrf.WindowLength;
            int shift = inserted - removed;
            Assert.True(
                oldCandidates.Where(c => c <= position).SequenceEqual(newCandidates.Where(c => c <= position)),
                $"before the edit: {what}");
            Assert.True(
                oldCandidates.Where(c => c >= behind).Select(c => c + shift)
                    .SequenceEqual(newCandidates.Where(c => c >= behind + shift)),
                $"after the edit: {what}");
        }
    }

    [Fact]
    public void An_inserted_byte_changes_few_chunks_of_a_file()
    {
        ChunkerParameters parameters = new(8192, 8192, 65536);
        byte[] before = ChunkerTestData.Random(Seed, 4 << 20);
        byte[] after = [.. before[..100_000], 7, .. before[100_000..]];
        HashSet<int> oldCuts = [.. EngineProbe.Cuts(before, ChunkerTestData.Key, parameters, RawHitScanner.Best)];
        List<int> newCuts = EngineProbe.Cuts(after, ChunkerTestData.Key, parameters, RawHitScanner.Best);
        Assert.True(newCuts.Count > 200);
        Assert.InRange(newCuts.Count(cut => !oldCuts.Contains(cut <= 100_000 ? cut : cut - 1)), 0, 20);
    }

    private static List<int> Candidates(byte[] data) => EngineProbe.Candidates(
        data, ChunkerTestData.Key, Target, RawHitScanner.Best, CandidateScanner.DefaultBlockLength);
}
