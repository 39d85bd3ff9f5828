using Dedup.Chunking;

namespace Dedup.Tests.Chunking;

/// <summary>Runs parts of the engine's chunker over whole streams, to compare with the slow one.</summary>
internal static class EngineProbe
{
    private const int BlockLength = 10_000;

    public static List<(int Position, ulong Offset)> Anchors(byte[] data, byte[] key, int target)
    {
        List<(int, ulong)> found = [];
        ulong[] masks = new ulong[AnchorFinder.MaskLength(BlockLength)];
        int[] anchors = new int[AnchorFinder.DestinationLength(BlockLength)];
        ulong[] values = new ulong[anchors.Length];
        using AnchorPrf prf = new(key, anchors.Length);
        for (int start = AnchorFinder.FirstPosition; start < data.Length; start += BlockLength)
        {
            int end = Math.Min(start + BlockLength, data.Length);
            int count = AnchorFinder.Find(RawHitScanner.Best, data, start, end, masks, anchors);
            prf.Evaluate(data, anchors.AsSpan(0, count), values);
            for (int i = 0; i < count; i++)
            {
                found.Add((anchors[i], values[i] >> (64 - int.Log2(target))));
            }
        }

        return found;
    }

    public static List<int> AnchorPositions(byte[] data) =>
        [.. Anchors(data, ChunkerTestData.Key, ChunkerParameters.MinTargetLength).Select(a => a.Position)];

    public static List<int> Candidates(byte[] data, byte[] key, int target, RawHitKernel kernel, int blockLength)
    {
        List<int> candidates = [];
        using CandidateScanner scanner = new(key, target, kernel, blockLength);
        for (int start = AnchorFinder.FirstPosition; start < data.Length; start += blockLength)
        {
            candidates.AddRange(scanner.Scan(data, start, Math.Min(start + blockLength, data.Length)));
        }

        return candidates;
    }

    public static List<int> Cuts(byte[] data, byte[] key, ChunkerParameters parameters, RawHitKernel kernel)
    {
        using Chunker chunker = new(key, parameters, kernel);
        return Cuts(data, chunker);
    }

    /// <summary>Gives the chunker no byte beyond a maximum's length, as a caller with a small buffer would.</summary>
    public static List<int> Cuts(byte[] data, Chunker chunker, int window = int.MaxValue)
    {
        List<int> cuts = [];
        for (int start = 0; start < data.Length; start = cuts[^1])
        {
            int length = Math.Min(data.Length - start, window);
            cuts.Add(start + chunker.FindCut(data.AsSpan(start, length), isEnd: start + length == data.Length));
        }

        return cuts;
    }
}
