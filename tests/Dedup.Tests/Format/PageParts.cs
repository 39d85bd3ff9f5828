namespace Dedup.Tests.Format;

/// <summary>A page of a tree or a list; its entries are written already (section 11).</summary>
internal sealed record PageParts(int Level, params IReadOnlyList<byte[]> Entries)
{
    public int Reserved { get; init; }

    public long? Count { get; init; }

    public byte[] Extra { get; init; } = [];

    public byte[] Build() => new FieldWriter()
        .U8(Level).U8(Reserved).Zeros(2).U32(Count ?? Entries.Count).Each(Entries, (writer, entry) => writer.Bytes(entry)).Bytes(Extra)
        .ToArray();

    /// <summary>What is wrong with a page, whatever it holds; this one holds two entries or more.</summary>
    public IEnumerable<(string Name, string Rule, byte[] Content)> Wrong()
    {
        byte[] whole = Build();
        yield return ("empty", "the fields are there", []);
        yield return ("header truncated", "the fields are there", whole[..7]);
        yield return ("truncated", "the fields are there", whole[..^1]);
        yield return ("left over", "no bytes are left over", (this with { Extra = [0] }).Build());
        yield return ("reserved", "reserved bytes are zero", (this with { Reserved = 1 }).Build());
        yield return ("level 9", "levels are 0 to 8", (this with { Level = 9 }).Build());
        yield return ("level 255", "levels are 0 to 8", (this with { Level = 255 }).Build());
        yield return ("count too low", "the number is true", (this with { Count = 1 }).Build());
        yield return ("count too high", "the number is true", (this with { Count = Entries.Count + 1 }).Build());
        yield return ("count 4097", "a page has at most 4096 entries", (this with { Count = 4097 }).Build());
        yield return ("count most", "a page has at most 4096 entries", (this with { Count = uint.MaxValue }).Build());
    }
}
