using Dedup.FormatReader;

namespace Dedup.Tests.Format;

/// <summary>A blob and what its record and its entries say of it; what is not given is true.</summary>
internal sealed record RecordParts(byte Kind, byte[] Plaintext)
{
    public byte[]? Id { get; init; }

    public byte? SaidKind { get; init; }

    public int Codec { get; init; }

    public byte[]? Compressed { get; init; }

    public byte Reserved { get; init; }

    public long? PlainLength { get; init; }

    public long? StoredLength { get; init; }

    public long? Ordinal { get; init; }

    public byte[] Body => Compressed ?? Plaintext;

    public int Length => Body.Length + 80;

    public string TrueId => VectorKeys.Keys.IdOf(Kind, Plaintext);

    /// <summary>The 48 bytes of a record header or footer entry; they end with the ordinal or the offset.</summary>
    public byte[] Entry(long last) => new FieldWriter()
        .Bytes(Id ?? Convert.FromHexString(TrueId)).U8(SaidKind ?? Kind).U8(Codec).U8(Reserved).U8(0)
        .U32(PlainLength ?? Plaintext.Length).U32(StoredLength ?? Length).U32(last)
        .ToArray();

    /// <summary>The sealed record.</summary>
    public byte[] Seal(byte[] key, byte[] boundToPack, int place)
    {
        byte[] header = Entry(Ordinal ?? place);
        byte[] prefix = new FieldWriter().Bytes(boundToPack).U32(place).ToArray();
        return
        [
            .. VectorSeal.Seal(key, Nonce.Of(Nonce.RecordHeader, (uint)place), header, prefix),
            .. VectorSeal.Seal(key, Nonce.Of(Nonce.RecordBody, (uint)place), Body, [.. prefix, .. header]),
        ];
    }

    /// <summary>What a reader finds.</summary>
    public (string Name, string Value) Value(int place, int offset) =>
        ($"blob {place}", $"{TrueId} {Kind} {Codec} {Plaintext.Length} {Length} {place} {offset} {Convert.ToHexStringLower(Plaintext)}");
}
