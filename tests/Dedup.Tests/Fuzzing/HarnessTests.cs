using Dedup.Fuzz;
using Xunit;

namespace Dedup.Tests.Fuzzing;

/// <summary>The harness of the fuzzers: what is planted is found, and made small; a seed gives the same course of events.</summary>
public sealed class HarnessTests
{
    private const ulong Seed = 20261122;
    private const int Plenty = 200_000;

    [Fact]
    public void A_planted_fault_is_found()
    {
        using PlantedFuzzer fuzzer = new();
        Campaign campaign = new(fuzzer, [], Seed);
        FuzzFailure? failure = campaign.Run(new Execution(fuzzer), Plenty, TimeSpan.MaxValue);
        Assert.NotNull(failure);
        Assert.StartsWith(nameof(IndexOutOfRangeException), failure.Kind, StringComparison.Ordinal);
        Assert.Equal(failure, new Execution(fuzzer).Run(campaign.Input, out _), (one, other) => one?.Kind == other?.Kind);
    }

    [Fact]
    public void An_input_that_fails_is_made_as_small_as_the_fault_allows()
    {
        using PlantedFuzzer fuzzer = new();
        Execution execution = new(fuzzer);
        byte[] input = [.. "MA and a good deal more"u8];
        input[6] = 250;
        string kind = execution.Run(input, out _)!.Kind;
        byte[] small = Minimiser.Minimise(input, candidate => execution.Run(candidate, out _)?.Kind == kind);
        Assert.Equal([(byte)'M', (byte)'A', 0, 0, 0, 0, 250], small);
    }

    [Fact]
    public void An_input_that_makes_a_parser_allocate_too_much_is_found()
    {
        using GreedyFuzzer fuzzer = new();
        FuzzFailure? failure = new Campaign(fuzzer, [], Seed).Run(new Execution(fuzzer), Plenty, TimeSpan.MaxValue);
        Assert.Contains("bytes were allocated", failure?.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void What_other_threads_allocate_counts_where_that_is_asked_for() => Assert.Throws<PropertyException>(static () =>
    {
        using Allocation bound = Allocation.OfAllThreadsAtMost(1 << 20);
        Thread other = new(static () => GC.KeepAlive(new byte[4 << 20]));
        other.Start();
        other.Join();
    });

    [Fact]
    public void The_same_seed_gives_the_same_inputs_and_another_seed_others()
    {
        byte[][] Kept(ulong seed)
        {
            using TreePageFuzzer fuzzer = new();
            Campaign campaign = new(fuzzer, [], seed);
            Assert.Null(campaign.Run(new Execution(fuzzer), 2_000, TimeSpan.MaxValue));
            return [.. campaign.Kept];
        }

        Assert.Equal(Kept(Seed), Kept(Seed));
        Assert.NotEqual(Kept(Seed), Kept(Seed + 1));
    }

    [Fact]
    public void An_input_that_was_under_way_when_the_process_died_is_read_back()
    {
        using TestSupport.ScratchDirectory folder = new();
        string left = folder["tree@1" + UnderWay.Suffix], copy = folder["tree@2" + UnderWay.Suffix];
        using (UnderWay underWay = new(left, 100))
        {
            underWay.Note("first and long"u8.ToArray());
            underWay.Note("second"u8.ToArray());
            File.Copy(left, copy);
        }

        Assert.False(File.Exists(left));
        Assert.Equal("second"u8.ToArray(), UnderWay.Read(copy));
        Assert.Equal("tree", Corpus.FuzzerOf(copy));
    }
}
