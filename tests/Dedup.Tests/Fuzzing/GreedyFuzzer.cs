using Dedup.Fuzz;

namespace Dedup.Tests.Fuzzing;

/// <summary>Fuzzes a parser that allocates what its input says.</summary>
internal sealed class GreedyFuzzer() : Fuzzer("greedy")
{
    public override IEnumerable<byte[]> Seeds => [[0, 0, 0]];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        using Allocation bound = Allocation.AtMost(AllocationFor(input.Length));
        return Outcome.Accepted(new byte[input.Length < 3 ? 0 : input[2] << 16].Length);
    }
}
