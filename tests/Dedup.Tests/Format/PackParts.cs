using Dedup.FormatReader;

namespace Dedup.Tests.Format;

/// <summary>A pack, part by part (section 8).</summary>
internal sealed record PackParts
{
    public string Magic { get; init; } = "DEDUPPAK";

    public int Version { get; init; } = 1;

    public int Kind { get; init; } = Pack.DataKind;

    public byte Reserved { get; init; }

    public bool DamageCommitment { get; init; }

    public Dedup.FormatReader.RepositoryKeys Keys { get; init; } = VectorKeys.Keys;

    /// <summary>Bytes between the header and the first record.</summary>
    public byte[] Gap { get; init; } = [];

    public List<RecordParts> Records { get; init; } = [];

    /// <summary>What the footer says instead of what the records say.</summary>
    public List<RecordParts>? Listed { get; init; }

    public long? FooterCount { get; init; }

    /// <summary>By how much the footer's first entry lies about its offset.</summary>
    public long OffsetError { get; init; }

    public byte[] FooterExtra { get; init; } = [];

    /// <summary>By how much the offset that the footer is sealed for differs.</summary>
    public long FooterMoved { get; init; }

    public byte[] Padding { get; init; } = [0xAA, 0xBB, 0xCC];

    public long? TrailerLength { get; init; }

    public int TrailerReserved { get; init; }

    public string TrailerMagic { get; init; } = "DEDUPEND";

    private ObjectKey Key => ObjectKey.Derive(Kind == Pack.TreeKind ? Keys.TreePack : Keys.DataPack, VectorKeys.Salt, Keys.RepositoryId);

    private byte[] Header => new FieldWriter()
        .Ascii(Magic).U16(Version).U8(Kind).Zeros(4).U8(Reserved).Bytes(VectorKeys.Salt)
        .Bytes(DamageCommitment ? Key.Commitment.Flip(5) : Key.Commitment)
        .ToArray();

    /// <summary>Header and records only.</summary>
    public byte[] BuildRecords()
    {
        byte[] bound = [.. Keys.RepositoryId, .. Header];
        byte[] key = Key.Key;
        return [.. Header, .. Gap, .. Records.SelectMany((record, place) => record.Seal(key, bound, place))];
    }

    public byte[] Build()
    {
        byte[] front = [.. BuildRecords(), .. Padding];
        List<RecordParts> listed = Listed ?? Records;
        var footer = new FieldWriter().U32(FooterCount ?? listed.Count);
        long first = Pack.HeaderLength + Gap.Length, offset = first;
        foreach (RecordParts record in listed)
        {
            footer.Bytes(record.Entry(offset == first ? offset + OffsetError : offset));
            offset += record.StoredLength ?? record.Length;
        }

        byte[] bound = new FieldWriter().Bytes(Keys.RepositoryId).Bytes(Header).U32(front.Length + FooterMoved).ToArray();
        byte[] message = VectorSeal.Seal(Key.Key, Nonce.Of(Nonce.PackFooter, 0), footer.Bytes(FooterExtra).ToArray(), bound);
        return new FieldWriter()
            .Bytes(front).Bytes(message).U32(TrailerLength ?? message.Length).U32(TrailerReserved).Ascii(TrailerMagic)
            .ToArray();
    }

    public List<(string Name, string Value)> Values
    {
        get
        {
            int offset = Pack.HeaderLength;
            List<(string Name, string Value)> values = [("kind", $"{Kind}")];
            for (int place = 0; place < Records.Count; place++)
            {
                values.Add(Records[place].Value(place, offset));
                offset += Records[place].Length;
            }

            return values;
        }
    }
}
