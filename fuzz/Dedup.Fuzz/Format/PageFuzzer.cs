using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>Fuzzes a kind of page (format-spec.md, section 11). The input is the plaintext of its blob. Pages are canonical: what is read is written anew as it was.</summary>
internal abstract class PageFuzzer(string name) : Fuzzer(name)
{
    public sealed override int MaxLength => 16 << 10;

    public sealed override Outcome Execute(ReadOnlySpan<byte> input)
    {
        byte[] plain = input.ToArray();
        ByteWriter written = new();
        CorruptDataException? rejection = null;
        Outcome outcome = default;
        try
        {
            using (Allocation.AtMost(AllocationFor(plain.Length)))
            {
                ByteReader reader = new(plain, Name);
                int level = PageFormat.ReadHeader(ref reader, out int count);
                written.Zeros(PageFormat.HeaderLength);
                PageFormat.WriteHeader(written.Reserved(PageFormat.HeaderLength), level, count);
                outcome = level == 0 ? ReadEntries(ref reader, count, written) : ReadBranches(ref reader, count, written);
            }
        }
        catch (CorruptDataException exception)
        {
            rejection = exception;
        }

        Agreement.Require(rejection, () => ReadIndependently(plain));
        if (rejection is not null)
        {
            return Outcome.Rejected(rejection);
        }

        PropertyException.Require(written.Written.SequenceEqual(plain), "the page is written anew as something else");
        return outcome;
    }

    /// <summary>Reads a page of level 0 and writes its entries anew.</summary>
    protected abstract Outcome ReadEntries(ref ByteReader reader, int count, ByteWriter written);

    /// <summary>Reads a page above level 0 and writes its entries anew.</summary>
    protected abstract Outcome ReadBranches(ref ByteReader reader, int count, ByteWriter written);

    /// <exception cref="FormatReader.RejectedException">It is refused.</exception>
    protected abstract void ReadIndependently(byte[] plain);
}
