namespace Dedup.Tests.Format;

/// <summary>Vectors of index segments (section 10).</summary>
internal static class VectorGeneratorIndex
{
    private const string Kind = "index";

    private static readonly IndexPackParts DataPack = new(VectorKeys.Id(0xD1), 1000, 2, 1);
    private static readonly IndexPackParts TreePack = new(VectorKeys.Id(0xD0), 1 << 30, 1, 2);
    private static readonly IndexEntryParts First = new(VectorKeys.Id(1), 0, 1, 180, 90, 10, 1, 0);
    private static readonly IndexEntryParts Second = new(VectorKeys.Id(2), 0, 0, 80, 100, 64 << 20, 1, 2);
    private static readonly IndexEntryParts Third = new(VectorKeys.Id(3), 1, 0, 80, 96, 17, 3, 1);

    /// <summary>A whole segment.</summary>
    public static IndexParts Usual { get; } = new()
    {
        Packs = [DataPack, TreePack],
        Replaced = [VectorKeys.Id(0xE1), VectorKeys.Id(0xE0)],
        Entries = [First, Second, Third],
    };

    public static IEnumerable<FormatVector> All()
    {
        yield return Accept("usual", Usual);
        yield return Accept("nothing listed", new IndexParts());
        yield return Accept("pack without blobs", new IndexParts { Packs = [DataPack with { Count = 0 }] });
        yield return Accept("entry ends with its pack", Usual with { Packs = [DataPack with { Length = 270 }, TreePack] });
        yield return Accept("the same blob in two packs", new IndexParts
        {
            Packs = [DataPack with { Count = 1 }, DataPack with { Id = VectorKeys.Id(0xD2), Count = 1 }],
            Entries = [First with { Ordinal = 0 }, First with { Place = 1, Ordinal = 0 }],
        });
        foreach ((string name, string rule, byte[] content) in EnvelopeParts.Index(Usual.Build()).Wrong())
        {
            yield return new FormatVector(Kind, name, rule, content, null);
        }

        yield return Reject("nothing inside", "the fields are there", []);
        yield return Reject("truncated", "the fields are there", Usual.Build()[..^1]);
        yield return Reject("left over", "no bytes are left over", Usual with { Extra = [0] });
        yield return Reject("reserved field", "reserved bytes are zero", Usual with { Reserved = 1 });
        foreach (long count in (long[])[1, 3, uint.MaxValue])
        {
            yield return Reject($"pack count {count}", "the numbers are true", Usual with { PackCount = count });
            yield return Reject($"replaced count {count}", "the numbers are true", Usual with { ReplacedCount = count });
        }

        yield return Reject("entry count too low", "the numbers are true", Usual with { EntryCount = 2 });
        yield return Reject("entry count too high", "the numbers are true", Usual with { EntryCount = 4 });
        yield return Reject("entry count most", "the numbers are true", Usual with { EntryCount = uint.MaxValue });
        foreach (FormatVector vector in Packs().Concat(Entries()))
        {
            yield return vector;
        }
    }

    private static IEnumerable<FormatVector> Packs()
    {
        foreach ((string name, string rule, IndexPackParts pack) in new (string, string, IndexPackParts)[]
        {
            ("pack kind 0", "packs are of kind 1 or 2", DataPack with { Kind = 0 }),
            ("pack kind 3", "packs are of kind 1 or 2", DataPack with { Kind = 3 }),
            ("pack reserved", "reserved bytes are zero", DataPack with { Reserved = 1 }),
            ("pack too long", "a pack has at most 1 GiB", DataPack with { Length = (1UL << 30) + 1 }),
            ("pack longest", "a pack has at most 1 GiB", DataPack with { Length = ulong.MaxValue }),
            ("pack lists more", "a segment lists a pack whole", DataPack with { Count = 3 }),
            ("pack lists less", "ordinals are below the number", DataPack with { Count = 1 }),
            ("pack lists most", "a pack has at most 1,048,576 blobs", DataPack with { Count = uint.MaxValue }),
        })
        {
            yield return Reject(name, rule, Usual with { Packs = [pack, TreePack] });
        }
    }

    private static IEnumerable<FormatVector> Entries()
    {
        yield return Reject("entries out of order", "entries are sorted by id", Usual with { Entries = [Second, First, Third] });
        foreach ((string name, string rule, IndexEntryParts entry) in new (string, string, IndexEntryParts)[]
        {
            ("place 2", "the place is in range", First with { Place = 2 }),
            ("place most", "the place is in range", First with { Place = uint.MaxValue }),
            ("ordinal 2", "the ordinal is in range", First with { Ordinal = 2 }),
            ("ordinal most", "the ordinal is in range", First with { Ordinal = uint.MaxValue }),
            ("ordinal twice", "each ordinal is listed once", First with { Ordinal = 0 }),
            ("offset in header", "records begin at offset 80", First with { Offset = 79 }),
            ("ends past pack", "records end within their pack", First with { Offset = 911 }),
            ("offset most", "records end within their pack", First with { Offset = uint.MaxValue }),
            ("kind 0", "the kind belongs in the pack", First with { Kind = 0 }),
            ("kind 4", "the kind belongs in the pack", First with { Kind = 4 }),
            ("tree in data pack", "the kind belongs in the pack", First with { Kind = 2 }),
            ("codec 3", "the codec is known", First with { Codec = 3 }),
            ("entry reserved", "reserved bytes are zero", First with { Reserved = 1 }),
            ("plain too long", "a data blob has at most 64 MiB", First with { Codec = 2, PlainLength = (64 << 20) + 1 }),
            ("plain most", "a data blob has at most 64 MiB", First with { Codec = 2, PlainLength = uint.MaxValue }),
            ("stored below overhead", "the stored length is at least 80", First with { Codec = 2, StoredLength = 79 }),
            ("stored above plain", "the stored length is at most the plain length + 80", First with { Codec = 2, StoredLength = 91 }),
            ("stored most", "the stored length is at most the plain length + 80", First with { Codec = 2, StoredLength = uint.MaxValue }),
            ("uncompressed shorter", "without a codec the stored length is the plain length + 80", First with { StoredLength = 89 }),
        })
        {
            yield return Reject(name, rule, Usual with { Entries = [entry, Second, Third] });
        }

        yield return Reject("data in tree pack", "the kind belongs in the pack", Usual with { Entries = [First, Second, Third with { Kind = 1 }] });
        yield return Reject("tree blob too long", "a tree blob has at most 16 MiB", Usual with { Entries = [First, Second, Third with { PlainLength = (16 << 20) + 1 }] });
    }

    private static FormatVector Accept(string name, IndexParts parts) =>
        new(Kind, name, "a whole index segment", EnvelopeParts.Index(parts.Build()).Build(), parts.Values);

    private static FormatVector Reject(string name, string rule, IndexParts parts) => Reject(name, rule, parts.Build());

    private static FormatVector Reject(string name, string rule, byte[] plaintext) =>
        new(Kind, name, rule, EnvelopeParts.Index(plaintext).Build(), null);
}
