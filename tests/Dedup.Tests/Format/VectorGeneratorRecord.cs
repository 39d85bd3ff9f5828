using Dedup.FormatReader;

namespace Dedup.Tests.Format;

/// <summary>Vectors of one record with the header of its pack before it, read without a directory (sections 8 and 20).</summary>
internal static class VectorGeneratorRecord
{
    private const string Kind = "record";

    private static readonly RecordParts Data = new(BlobEntry.Data, "a chunk of a file"u8.ToArray());

    public static IEnumerable<FormatVector> All()
    {
        var pack = new PackParts { Records = [Data] };
        byte[] whole = pack.BuildRecords();
        yield return new FormatVector(Kind, "data", "a whole record", whole, pack.Values);
        pack = new PackParts { Kind = Pack.TreeKind, Records = [new RecordParts(BlobEntry.List, new byte[8])] };
        yield return new FormatVector(Kind, "list", "a whole record", pack.BuildRecords(), pack.Values);

        yield return Reject("header altered", "the record header is authentic", whole.Flip(80));
        yield return Reject("header tag altered", "the record header is authentic", whole.Flip(143));
        yield return Reject("body altered", "the body is authentic", whole.Flip(144));
        yield return Reject("body tag altered", "the body is authentic", whole.Flip(whole.Length - 1));
        yield return Reject("truncated", "the record is there", whole[..^1]);
        yield return Reject("header truncated", "the record is there", whole[..143]);
        yield return Reject("another ordinal said", "the header says its place", Data with { Ordinal = 1 });
        foreach ((string name, string rule, RecordParts record) in VectorGeneratorPack.WrongEntries())
        {
            yield return Reject(name, rule, record);
        }

        yield return Reject("second in pack", "the ordinal is bound", [.. whole[..80], .. new PackParts { Records = [Data, Data] }.BuildRecords()[whole.Length..]]);
        yield return Reject("wrong id", "the id is that of the plaintext", Data with { Id = VectorKeys.Id(7) });
        yield return Reject("id of another kind", "the id covers the kind", Data with { Id = Convert.FromHexString(VectorKeys.Keys.IdOf(BlobEntry.Tree, Data.Plaintext)) });
    }

    private static FormatVector Reject(string name, string rule, RecordParts record) =>
        Reject(name, rule, new PackParts { Records = [record] }.BuildRecords());

    private static FormatVector Reject(string name, string rule, byte[] content) => new(Kind, name, rule, content, null);
}
