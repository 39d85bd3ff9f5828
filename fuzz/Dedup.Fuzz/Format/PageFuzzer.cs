using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>Fuzzes a kind of page (format-spec.md, section 11). The input is the plaintext of its blob. Pages are canonical: what is read is written anew as it was.</summary>
/// <typeparam name="TEntry">What pages of level 0 hold.</typeparam>
/// <typeparam name="TBranch">What pages above hold.</typeparam>
internal abstract class PageFuzzer<TEntry, TBranch>(string name) : Fuzzer(name)
{
    public sealed override int MaxLength => 16 << 10;

    public sealed override Outcome Execute(ReadOnlySpan<byte> input)
    {
        byte[] plain = input.ToArray();
        byte[] written = [];
        CorruptDataException? rejection = null;
        Outcome outcome = default;
        try
        {
            using (Allocation.AtMost(AllocationFor(plain.Length)))
            {
                ByteReader reader = new(plain, Name);
                int level = PageFormat.ReadHeader(ref reader, out int count);
                if (level == 0)
                {
                    TEntry[] entries = ReadEntries(ref reader, count);
                    written = Page(level, entries, Write);
                    outcome = Describe(entries);
                }
                else
                {
                    TBranch[] branches = ReadBranches(ref reader, count);
                    written = Page(level, branches, Write);
                    outcome = Outcome.Accepted(1, branches.Length);
                }
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

        PropertyException.Require(written.AsSpan().SequenceEqual(plain), "the page is written anew as something else");
        return outcome;
    }

    protected byte[] Page(params TEntry[] entries) => Page(0, entries, Write);

    protected byte[] Branches(int level, params TBranch[] branches) => Page(level, branches, Write);

    protected abstract TEntry[] ReadEntries(ref ByteReader reader, int count);

    protected abstract TBranch[] ReadBranches(ref ByteReader reader, int count);

    protected abstract void Write(ByteWriter writer, TEntry entry);

    protected abstract void Write(ByteWriter writer, TBranch branch);

    /// <summary>What came of reading a page of level 0.</summary>
    protected abstract Outcome Describe(TEntry[] entries);

    /// <exception cref="FormatReader.RejectedException">It is refused.</exception>
    protected abstract void ReadIndependently(byte[] plain);

    private static byte[] Page<T>(int level, T[] items, Action<ByteWriter, T> write)
    {
        ByteWriter writer = new();
        writer.Zeros(PageFormat.HeaderLength);
        PageFormat.WriteHeader(writer.Reserved(PageFormat.HeaderLength), level, items.Length);
        foreach (T item in items)
        {
            write(writer, item);
        }

        return writer.Written.ToArray();
    }
}
