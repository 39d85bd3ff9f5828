using Dedup.Fuzz;

namespace Dedup.Tests.Fuzzing;

/// <summary>Fuzzes a parser with a fault that lies behind two checks: a length beyond its table is not noticed.</summary>
internal sealed class PlantedFuzzer() : Fuzzer("planted")
{
    private static readonly byte[] Table = new byte[200];

    public override IEnumerable<byte[]> Seeds => [[.. "MAGIC"u8, 3, .. "some more that does not matter"u8]];

    public override int MaxLength => 64;

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        if (input.Length < 7 || !input.StartsWith("MA"u8))
        {
            return Outcome.Rejected(new CorruptDataException("planted", input.Length, "no magic"));
        }

        return Outcome.Accepted(Table[input[6]]);
    }
}
