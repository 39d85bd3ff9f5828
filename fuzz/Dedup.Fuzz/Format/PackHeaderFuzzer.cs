using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>The two ends of a pack as they lie in the store (format-spec.md, section 8): 80 bytes of header, 16 of trailer, and a length.</summary>
internal sealed class PackHeaderFuzzer() : Fuzzer("pack-header")
{
    private const int EndsLength = PackLayout.HeaderLength + PackLayout.TrailerLength;

    public override int MaxLength => EndsLength + sizeof(uint);

    public override IEnumerable<byte[]> Seeds =>
    [
        [.. FuzzPack.Data.Header, .. PackFooter.Write(FuzzPack.Data.Seal, [], 1000)[^PackLayout.TrailerLength..], 0, 4, 0, 0],
        [.. FuzzPack.Tree.Header, .. PackFooter.Write(FuzzPack.Tree.Seal, [], 80)[^PackLayout.TrailerLength..], 116, 0, 0, 0],
    ];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        InputReader script = new(input);
        ReadOnlySpan<byte> header = script.Take(PackLayout.HeaderLength);
        Outcome outcome;
        try
        {
            using (Allocation.AtMost(AllocationFor(input.Length)))
            using (PackSeal seal = PackSeal.Open(FuzzKeys.Keys, header, Name))
            {
                PropertyException.Require(header.SequenceEqual(FuzzPack.Of(seal.Kind == PackKind.Tree).Header), "a forged header is taken");
                outcome = Outcome.Accepted((int)seal.Kind);
            }
        }
        catch (CorruptDataException exception)
        {
            outcome = Outcome.Rejected(exception);
        }

        byte[] trailer = new byte[PackLayout.TrailerLength];
        script.Take(trailer.Length).CopyTo(trailer);
        long length = EndsLength + (long)BitConverter.ToUInt32([.. script.Take(sizeof(uint)), 0, 0, 0, 0]);
        try
        {
            long offset = PackFooter.OffsetFromTrailer(trailer, length, Name);
            PropertyException.Require(offset >= PackLayout.HeaderLength && offset + PackLayout.SealedFooterLength(0) + PackLayout.TrailerLength <= length, "the footer lies outside of the pack");
            return outcome.And(Outcome.Accepted(offset));
        }
        catch (CorruptDataException exception)
        {
            return outcome.And(Outcome.Rejected(exception));
        }
    }
}
