using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>The sealed envelope itself (format-spec.md, section 9): whole objects as they lie in the store. None but the one that was sealed opens.</summary>
internal sealed class SealedObjectFuzzer() : Fuzzer("sealed-object")
{
    private static readonly byte[] Plain = "what was sealed"u8.ToArray();

    private readonly byte[] _genuine = new Envelope(SealedObject.IndexMagic, FuzzKeys.Keys.Index, []).Seal(Plain);

    public override int MaxLength => 512;

    public override IEnumerable<byte[]> Seeds =>
    [
        _genuine,
        new Envelope(SealedObject.SessionMagic, FuzzKeys.Keys.Index, []).Seal(Plain),
        new Envelope(SealedObject.IndexMagic, FuzzKeys.Keys.Index, [0]).Seal(Plain),
        [],
    ];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        try
        {
            using (Allocation.AtMost(AllocationFor(input.Length)))
            {
                byte[] plain = SealedObject.Open(SealedObject.IndexMagic, FuzzKeys.Keys.Index, FuzzKeys.Repository, [], input, Name);
                PropertyException.Require(input.SequenceEqual(_genuine) && plain.AsSpan().SequenceEqual(Plain), "a forged object opens");
                return Outcome.Accepted(plain.Length);
            }
        }
        catch (CorruptDataException exception)
        {
            PropertyException.Require(!input.SequenceEqual(_genuine), "the genuine object does not open");
            return Outcome.Rejected(exception);
        }
    }
}
