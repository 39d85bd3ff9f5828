using Dedup.FormatReader;

namespace Dedup.Tests.Format;

/// <summary>Vectors of packs as their footers tell, and of their records (section 8).</summary>
internal static class VectorGeneratorPack
{
    private const string Kind = "pack";

    private static readonly RecordParts Data = new(BlobEntry.Data, "a chunk of a file"u8.ToArray());
    private static readonly RecordParts More = new(BlobEntry.Data, "another chunk"u8.ToArray());
    private static readonly RecordParts Tree = new(BlobEntry.Tree, new byte[8]);
    private static readonly RecordParts List = new(BlobEntry.List, new byte[8]);
    private static readonly PackParts Usual = new() { Records = [Data, More] };

    public static IEnumerable<FormatVector> All()
    {
        yield return Accept("data", Usual);
        yield return Accept("tree", new PackParts { Kind = Pack.TreeKind, Records = [Tree, List] });
        yield return Accept("nothing in it", new PackParts());
        yield return Accept("empty blob", new PackParts { Records = [new RecordParts(BlobEntry.Data, [])] });
        yield return Accept("without padding", Usual with { Padding = [] });
        yield return Accept("the same blob twice", Usual with { Records = [Data, Data] });

        byte[] whole = Usual.Build();
        yield return Reject("empty", "the fields are there", []);
        yield return Reject("header only", "the fields are there", whole[..80]);
        yield return Reject("header and trailer only", "the footer lies behind the header", [.. whole[..80], .. whole[^16..]]);
        yield return Reject("truncated", "it ends with a trailer", whole[..^1]);
        yield return Reject("magic", "it begins with DEDUPPAK", Usual with { Magic = "DEDUPPAC" });
        yield return Reject("version 2", "a version that is not known is refused", Usual with { Version = 2 });
        yield return Reject("kind 0", "packs are of kind 1 or 2", new PackParts { Kind = 0 });
        yield return Reject("kind 3", "packs are of kind 1 or 2", new PackParts { Kind = 3 });
        yield return Reject("reserved", "reserved bytes are zero", Usual with { Reserved = 1 });
        yield return Reject("commitment", "the commitment is compared", Usual with { DamageCommitment = true });
        yield return Reject("salt altered", "the key comes from the salt", whole.Flip(16));
        yield return Reject("another repository", "the key depends on the repository", Usual with { Keys = VectorKeys.OtherKeys });
        foreach (FormatVector vector in Footers(whole))
        {
            yield return vector;
        }

        foreach (FormatVector vector in Entries())
        {
            yield return vector;
        }
    }

    private static IEnumerable<FormatVector> Footers(byte[] whole)
    {
        yield return Reject("footer altered", "the footer is authentic", whole.Flip(whole.Length - 17));
        yield return Reject("footer moved", "the footer's offset is bound", Usual with { FooterMoved = 1 });
        yield return Reject("count too low", "no bytes are left over", Usual with { FooterCount = 1 });
        yield return Reject("count too high", "the fields are there", Usual with { FooterCount = 3 });
        yield return Reject("count most", "at most 1,048,576 blobs", Usual with { FooterCount = uint.MaxValue });
        yield return Reject("left over in footer", "no bytes are left over", Usual with { FooterExtra = [0] });
        yield return Reject("trailer magic", "it ends with DEDUPEND", Usual with { TrailerMagic = "DEDUPPAK" });
        yield return Reject("trailer reserved", "reserved bytes are zero", Usual with { TrailerReserved = 1 });
        foreach (long length in (long[])[0, 15, 16, 19, 115, 117, 1_000_000, uint.MaxValue])
        {
            yield return Reject($"trailer length {length}", "the trailer gives the length of the footer", Usual with { TrailerLength = length });
        }

        yield return Reject("offset before records", "records follow each other from offset 80", Usual with { OffsetError = -1 });
        yield return Reject("offset too high", "records follow each other from offset 80", Usual with { OffsetError = 1 });
        yield return Reject("gap before records", "records follow each other from offset 80", Usual with { Gap = [0] });
        yield return Reject("offset most", "records follow each other from offset 80", Usual with { OffsetError = uint.MaxValue - 80L });
        yield return Reject("record in footer", "records end before the footer", Usual with { Records = [Data], Listed = [Data, More] });
        yield return Reject(
            "record far in footer", "records end before the footer",
            Usual with { Listed = [Data, Data with { Codec = 2, PlainLength = 64 << 20, StoredLength = 64 << 20 }] });
    }

    private static IEnumerable<FormatVector> Entries()
    {
        foreach ((string name, string rule, RecordParts entry) in WrongEntries())
        {
            yield return Reject("entry " + name, rule, new PackParts { Records = [Data], Listed = [entry] });
            yield return Reject("entry and record " + name, rule, new PackParts { Records = [entry] });
        }

        yield return Reject("tree blob in data pack", "the kind belongs in the pack", new PackParts { Records = [Tree] });
        yield return Reject("list blob in data pack", "the kind belongs in the pack", new PackParts { Records = [List] });
        yield return Reject("data blob in tree pack", "the kind belongs in the pack", new PackParts { Kind = Pack.TreeKind, Records = [Data] });
        yield return Reject(
            "tree blob too long", "a tree blob has at most 16 MiB",
            new PackParts { Kind = Pack.TreeKind, Records = [Tree with { Codec = 2, PlainLength = (16 << 20) + 1 }] });

        // The directory is well-formed, but the record does not bear it out.
        yield return Reject("wrong id", "the id is that of the plaintext", new PackParts { Records = [Data with { Id = VectorKeys.Id(7) }] });
        yield return Reject("entry with another id", "the body is bound to its header", Usual with { Listed = [Data with { Id = VectorKeys.Id(7) }, More] });
        yield return Reject("entry with another codec", "the body is bound to its header", Usual with { Listed = [Data with { Codec = 1 }, More] });
        yield return Reject("entry with another plain length", "the body is bound to its header", Usual with { Listed = [Data with { Codec = 2, PlainLength = 18 }, More] });
        yield return Reject("records swapped", "the ordinal is bound", Usual with { Records = [More, Data], Listed = [Data, More] });
    }

    /// <summary>Entries that no footer and no index segment may hold.</summary>
    public static IEnumerable<(string Name, string Rule, RecordParts Entry)> WrongEntries()
    {
        yield return ("kind 0", "the kind belongs in the pack", Data with { SaidKind = 0 });
        yield return ("kind 4", "the kind belongs in the pack", Data with { SaidKind = 4 });
        yield return ("kind 2", "the kind belongs in the pack", Data with { SaidKind = 2 });
        yield return ("codec 3", "the codec is known", Data with { Codec = 3 });
        yield return ("codec 255", "the codec is known", Data with { Codec = 255 });
        yield return ("reserved", "reserved bytes are zero", Data with { Reserved = 1 });
        yield return ("plain too long", "a data blob has at most 64 MiB", Data with { Codec = 2, PlainLength = (64 << 20) + 1 });
        yield return ("plain most", "a data blob has at most 64 MiB", Data with { Codec = 2, PlainLength = uint.MaxValue });
        yield return ("stored below overhead", "the stored length is at least 80", Data with { Codec = 2, StoredLength = 79 });
        yield return ("stored 0", "the stored length is at least 80", Data with { Codec = 2, StoredLength = 0 });
        yield return ("stored above plain", "the stored length is at most the plain length + 80", Data with { Codec = 2, PlainLength = 16 });
        yield return ("stored most", "the stored length is at most the plain length + 80", Data with { Codec = 2, StoredLength = uint.MaxValue });
        yield return ("uncompressed shorter", "without a codec the stored length is the plain length + 80", Data with { PlainLength = 18 });
    }

    private static FormatVector Accept(string name, PackParts parts) => new(Kind, name, "a whole pack", parts.Build(), parts.Values);

    private static FormatVector Reject(string name, string rule, PackParts parts) => Reject(name, rule, parts.Build());

    private static FormatVector Reject(string name, string rule, byte[] content) => new(Kind, name, rule, content, null);
}
