using Dedup.Benchmarks;
using Dedup.Chunking;

namespace Dedup.Fuzz;

/// <summary>
/// The chunker (format-spec.md, section 18): chunks put together are the data, their lengths are within the bounds, all kernels and the parallel
/// chunker cut alike, and behind an insertion or deletion the boundaries come back. The input is a script of what the data is made of, and of the edit.
/// </summary>
internal sealed class ChunkerFuzzer() : Fuzzer("chunker")
{
    private const int MaxDataLength = 256 << 10;

    private static readonly byte[] Key = FuzzKeys.Counting(3, 16);

    // Short ones, so that the data has many.
    private static readonly ChunkerParameters Parameters = new(8 << 10, 4 << 10, 32 << 10);

    private readonly Chunker _chunker = new(Key, Parameters);
    private readonly Chunker _slowest = new(Key, Parameters, RawHitKernel.Scalar);
    private readonly ParallelChunker _parallel = new(Key, Parameters, maxConcurrency: 1, RawHitScanner.Best, segmentLength: 20_000);

    public override int MaxLength => 64;

    public override IEnumerable<byte[]> Seeds =>
    [
        [0, 1, 0xFF, 0xFF, 0, 100, 50, 0, 7],
        [1, 0, 0xFF, 0xFF, 0, 2, 0xFF, 0x7F, 2, 9, 0xFF, 0x3F, 1, 0, 10, 3, 0],
        [0, 0, 0, 0],
    ];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        InputReader script = new(input);
        int place = script.Short(), removed = script.Short(), inserted = script.Byte();
        byte[] data = Make(ref script);
        List<int> cuts = Cut(_chunker, data);
        PropertyException.Require(cuts.SequenceEqual(Cut(_slowest, data)), "two kernels cut in different places");
        PropertyException.Require(cuts.SequenceEqual(CutInParallel(data)), "the parallel chunker cuts in other places");
        for (int i = 0; i < cuts.Count; i++)
        {
            int length = cuts[i] - (i == 0 ? 0 : cuts[i - 1]);
            PropertyException.Require(length <= Parameters.MaxLength && (length >= Parameters.MinLength || i == cuts.Count - 1), $"a chunk of {length} bytes");
        }

        PropertyException.Require(cuts.Count == 0 ? data.Length == 0 : cuts[^1] == data.Length, "the chunks are not the data");
        return Outcome.Accepted(cuts.Count, RequireResynchronisation(data, cuts, Math.Min(place * 4, data.Length), removed, inserted));
    }

    public override void Dispose()
    {
        _chunker.Dispose();
        _slowest.Dispose();
        _parallel.Dispose();
        base.Dispose();
    }

    /// <summary>
    /// Cuts the data with an edit, and requires that from the first boundary behind it that both have on, all are the same: a boundary decides
    /// what follows. Such a one comes soon where cuts are by content; data of one value has none, and is cut by the maximum alone.
    /// </summary>
    /// <returns>After how many chunks it came; -1 when it did not.</returns>
    private long RequireResynchronisation(byte[] data, List<int> cuts, int place, int removed, int inserted)
    {
        int end = Math.Min(place + removed, data.Length);
        byte[] edited = [.. data.AsSpan(0, place), .. Enumerable.Repeat((byte)0x5A, inserted), .. data.AsSpan(end)];
        List<int> editedCuts = Cut(_chunker, edited);
        int shift = edited.Length - data.Length;
        HashSet<int> shifted = [.. editedCuts.Select(cut => cut - shift)];

        // What lies before the edit stays as it was, but for the chunk that it is in and the reach of a candidate.
        PropertyException.Require(
            cuts.TakeWhile(cut => cut <= place - 1).SequenceEqual(editedCuts.TakeWhile(cut => cut <= place - 1)), "an edit moved a boundary before it");

        int back = cuts.FindIndex(cut => cut >= end && shifted.Contains(cut));
        if (back < 0)
        {
            return -1;
        }

        PropertyException.Require(cuts.Skip(back).All(shifted.Contains), "boundaries came back and went away again");
        PropertyException.Require(
            editedCuts.Count(cut => cut - shift >= cuts[back]) == cuts.Count - back, "behind the boundary that came back there are other ones");
        return back - cuts.FindIndex(cut => cut >= end);
    }

    /// <summary>Pieces of noise, of one value, and of what is there already.</summary>
    private static byte[] Make(ref InputReader script)
    {
        List<byte> data = [];
        while (!script.IsEmpty && data.Count < MaxDataLength)
        {
            byte kind = script.Byte();
            int length = Math.Min(script.Short() * 2, MaxDataLength - data.Count);
            byte[] piece = new byte[length];
            switch (kind % 3)
            {
                case 0:
                    Fill(piece, script.Byte());
                    break;
                case 1:
                    piece.AsSpan().Fill(script.Byte());
                    break;
                default:
                    int from = script.Short();
                    piece = [.. data.Skip(from).Take(length)];
                    break;
            }

            data.AddRange(piece);
        }

        return [.. data];
    }

    private static void Fill(byte[] piece, byte seed)
    {
        SplitMix64 random = new(seed);
        Span<ulong> words = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(piece.AsSpan());
        foreach (ref ulong word in words)
        {
            word = random.Next();
        }
    }

    /// <summary>Where chunks end.</summary>
    private static List<int> Cut(Chunker chunker, byte[] data)
    {
        List<int> cuts = [];
        for (int start = 0; start < data.Length;)
        {
            start += chunker.FindCut(data.AsSpan(start), isEnd: true);
            cuts.Add(start);
        }

        return cuts;
    }

    private List<int> CutInParallel(byte[] data)
    {
        List<int> lengths = [], cuts = [];
        _parallel.FindCuts(data, isEnd: true, lengths, CancellationToken.None);
        int end = 0;
        foreach (int length in lengths)
        {
            cuts.Add(end += length);
        }

        return cuts;
    }
}
