using Dedup.Chunking;
using Xunit;

namespace Dedup.Tests.Chunking;

/// <summary>However the data is cut up for the work and whichever kernel does it, chunks end at the same places.</summary>
public sealed class KernelAgreementTests
{
    private const ulong Seed = 21;
    private static readonly ChunkerParameters Parameters = new(8192, 8192, 32768);
    private static readonly byte[] Data = ChunkerTestData.Mixed(Seed, 1 << 20);

    private static readonly List<int> Candidates =
        ReferenceChunker.Candidates(Data, ChunkerTestData.Key, Parameters.TargetLength);

    private static readonly List<int> Cuts =
        ReferenceChunker.Cuts(Candidates, Data.Length, Parameters.MinLength, Parameters.MaxLength);

    /// <summary>Those this processor runs; the scalar one is always among them.</summary>
    public static TheoryData<string> Kernels =>
        [.. Enum.GetValues<RawHitKernel>().Where(RawHitScanner.IsSupported).Select(kernel => kernel.ToString())];

    [Fact]
    public void The_data_has_what_is_hard_to_get_right()
    {
        List<(int Position, ulong Offset)> anchors = ReferenceChunker.Anchors(Data, ChunkerTestData.Key, 1 << 26);
        List<int> gaps = [.. anchors.Zip(anchors.Skip(1), (a, b) => b.Position - a.Position)];
        Assert.Contains(17, gaps);
        Assert.Contains(gaps, gap => gap > CandidateScanner.Reach);
        Assert.Contains(Cuts.Zip(Cuts.Skip(1), (a, b) => b - a), length => length == Parameters.MaxLength);
        Assert.True(Candidates.Count > 50);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_finds_the_raw_hits_of_the_definition(string name)
    {
        RawHitKernel kernel = Enum.Parse<RawHitKernel>(name);
        ulong[] masks = new ulong[40];
        for (int start = 63; start < Data.Length - 4000; start += 2777)
        {
            RawHitScanner.Scan(kernel, Data, start, masks);
            for (int i = 0; i < masks.Length * 64; i++)
            {
                bool hit = (masks[i / 64] >> (i % 64) & 1) != 0;
                Assert.True(hit == ReferenceChunker.IsRawHit(Data, start + i), $"seed {Seed}, position {start + i}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_and_block_length_finds_the_candidates_of_the_definition(string name)
    {
        foreach (int blockLength in (int[])[1, 16, 63, 64, 65, 1000, 4095, 32768, 1 << 20])
        {
            // Blocks of a few bytes call the platform's AES for each anchor: part of the data is enough for them.
            byte[] data = blockLength < 64 ? Data[..(1 << 17)] : Data;
            List<int> found = EngineProbe.Candidates(
                data, ChunkerTestData.Key, Parameters.TargetLength, Enum.Parse<RawHitKernel>(name), blockLength);
            Assert.Equal(Candidates.TakeWhile(candidate => candidate <= data.Length), found);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_cuts_as_the_definition_wherever_the_window_ends(string name)
    {
        using Chunker chunker = new(ChunkerTestData.Key, Parameters, Enum.Parse<RawHitKernel>(name));
        Assert.Equal(Cuts, EngineProbe.Cuts(Data, chunker));
        Assert.Equal(Cuts, EngineProbe.Cuts(Data, chunker, Parameters.MaxLength));
        Assert.Equal(Cuts, EngineProbe.Cuts(Data, chunker, Parameters.MaxLength + 1));
    }

    [Fact]
    public void Where_the_data_lies_in_memory_does_not_matter()
    {
        using Chunker chunker = new(ChunkerTestData.Key, Parameters);
        byte[] memory = new byte[Data.Length + 64];
        for (int offset = 1; offset < 64; offset += 6)
        {
            Data.CopyTo(memory, offset);
            int length = 0;
            for (int i = 0; i < 20; i++)
            {
                int start = offset + length;
                length += chunker.FindCut(memory.AsSpan(start, Parameters.MaxLength), isEnd: false);
                Assert.Equal(Cuts[i], length);
            }
        }
    }

    [Fact]
    public void A_stream_that_ends_earlier_by_any_number_of_bytes_has_the_same_cuts_up_to_its_end()
    {
        using Chunker chunker = new(ChunkerTestData.Key, Parameters);
        int start = 0;
        foreach (int cut in Cuts.Take(12))
        {
            ReadOnlySpan<byte> rest = Data.AsSpan(start);
            for (int length = 0; length <= Parameters.MaxLength; length += length == 0 || length > 8000 ? 43 : 1999)
            {
                Assert.Equal(Math.Min(length, cut - start), chunker.FindCut(rest[..length], isEnd: true));
            }

            Assert.Equal(cut - start - 1, chunker.FindCut(rest[..(cut - start - 1)], isEnd: true));
            Assert.Equal(cut - start, chunker.FindCut(rest[..(cut - start)], isEnd: true));
            Assert.Equal(cut - start, chunker.FindCut(rest[..(cut - start + 1)], isEnd: true));
            start = cut;
        }
    }

    [Fact]
    public void A_cut_is_found_as_soon_as_the_bytes_before_it_are_there_and_stands_whatever_follows()
    {
        using Chunker chunker = new(ChunkerTestData.Key, Parameters);
        int start = 0;
        foreach (int cut in Cuts.Take(12))
        {
            ReadOnlySpan<byte> rest = Data.AsSpan(start);
            int due = cut - start;
            for (int length = 0; length <= Parameters.MaxLength; length += length == 0 || length > 8000 ? 43 : 1999)
            {
                bool isFound = chunker.TryFindCut(rest[..length], isEnd: false, out int found);
                Assert.Equal((length >= due, length >= due ? due : length), (isFound, found));
            }

            Assert.False(chunker.TryFindCut(rest[..(due - 1)], isEnd: false, out _));
            Assert.True(chunker.TryFindCut(rest[..due], isEnd: false, out int exact));
            Assert.Equal(due, exact);
            start = cut;
        }

        Assert.False(chunker.TryFindCut([], isEnd: true, out _));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void The_parallel_chunker_cuts_the_same_for_any_segments_and_buffers(string name)
    {
        SplitMix64 random = new(Seed);
        foreach (int segmentLength in (int[])[700, 4096, 10_007, 1 << 19])
        {
            using ParallelChunker chunker =
                new(ChunkerTestData.Key, Parameters, maxConcurrency: 3, Enum.Parse<RawHitKernel>(name), segmentLength);
            foreach (int largestBuffer in (int[])[1, 3000, 200_000, Data.Length])
            {
                Assert.Equal(Cuts, CutInBuffers(chunker, random, largestBuffer));
            }
        }
    }

    /// <summary>
    /// Feeds buffers that grow until they settle a chunk: by up to so many bytes, or byte by byte around where it settles.
    /// </summary>
    private static List<int> CutInBuffers(ParallelChunker chunker, SplitMix64 random, int largestStep)
    {
        List<int> cuts = [];
        List<int> lengths = [];
        int start = 0;
        int end = 0;
        while (start < Data.Length)
        {
            int next = Cuts.Find(cut => cut > start);
            end = largestStep == 1 && end < next - 2
                ? next - 2
                : Math.Min(end + 1 + random.Below(largestStep), Data.Length);
            lengths.Clear();
            int used = chunker.FindCuts(Data.AsMemory(start, end - start), end == Data.Length, lengths, CancellationToken.None);
            foreach (int length in lengths)
            {
                start += length;
                used -= length;
                cuts.Add(start);
            }

            Assert.Equal(0, used);
        }

        return cuts;
    }
}
