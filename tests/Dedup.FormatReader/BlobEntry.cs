namespace Dedup.FormatReader;

/// <summary>What footers, segments and record headers say of a blob (sections 8 and 10). Lengths and the offset are in bytes.</summary>
public sealed record BlobEntry(string Id, byte Kind, byte Codec, uint PlainLength, uint StoredLength, uint Ordinal, uint Offset)
{
    public const byte Data = 1;
    public const byte Tree = 2;
    public const byte List = 3;

    /// <summary>What a record is longer than the compressed plaintext: a sealed header of 48 + 16 bytes, and a tag.</summary>
    public const uint RecordOverhead = 80;

    /// <summary>Rejects what section 8 rejects of a single entry.</summary>
    public BlobEntry Check(byte packKind)
    {
        if (packKind == Pack.DataKind ? Kind != Data : Kind is not (Tree or List))
        {
            throw new RejectedException($"A blob of kind {Kind} does not belong in a pack of kind {packKind}.");
        }

        if (Codec > Codecs.Zstd)
        {
            throw new RejectedException($"Codec {Codec} is unknown.");
        }

        Limits.Check(PlainLength, Kind == Data ? (ulong)Limits.DataBlob : Limits.PageBlob, "plain length of a blob");
        uint uncompressed = PlainLength + RecordOverhead;
        if (StoredLength < RecordOverhead || StoredLength > uncompressed || (Codec == Codecs.None && StoredLength != uncompressed))
        {
            throw new RejectedException($"{StoredLength} stored bytes do not fit {PlainLength} plain ones.");
        }

        return this;
    }
}
