using System.Buffers.Binary;

namespace Dedup.Format;

/// <summary>
/// The 48 bytes that describe a blob, in the header of its record and, with the offset in place of the ordinal, in the pack's footer.
/// <code>
///  0  32  blob id
/// 32   1  kind
/// 33   1  codec
/// 34   2  zero
/// 36   4  plain length
/// 40   4  stored length: the whole record
/// 44   4  ordinal (record header) or offset (footer)
/// </code>
/// </summary>
internal static class RecordHeader
{
    public static void Write(in PackEntry entry, int last, Span<byte> destination)
    {
        entry.Id.CopyTo(destination);
        destination[32] = (byte)entry.Kind;
        destination[33] = (byte)entry.Codec;
        destination[34] = destination[35] = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[36..], (uint)entry.PlainLength);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[40..], (uint)entry.StoredLength);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[44..], (uint)last);
    }

    /// <summary>Reads the header of a record at a known place.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, PackKind pack, int offset, int ordinal, out PackEntry entry) =>
        TryRead(source, pack, out entry, out uint last) && last == ordinal
        && TryPlace(ref entry, offset, ordinal);

    /// <summary>Reads an entry of a footer.</summary>
    public static bool TryReadFooterEntry(ReadOnlySpan<byte> source, PackKind pack, int ordinal, out PackEntry entry) =>
        TryRead(source, pack, out entry, out uint last) && last <= Limits.MaxPackLength
        && TryPlace(ref entry, (int)last, ordinal);

    private static bool TryRead(ReadOnlySpan<byte> source, PackKind pack, out PackEntry entry, out uint last)
    {
        byte kind = source[32], codec = source[33];
        uint plain = BinaryPrimitives.ReadUInt32LittleEndian(source[36..]);
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(source[40..]);
        last = BinaryPrimitives.ReadUInt32LittleEndian(source[44..]);
        entry = default;
        if (!IsValid(pack, kind, codec, plain, stored) || source[34] != 0 || source[35] != 0)
        {
            return false;
        }

        entry = new PackEntry(new BlobId(source[..32]), (BlobKind)kind, (BlobCodec)codec, (int)plain, (int)stored, 0, 0);
        return true;
    }

    /// <summary>Whether the fields of an entry can be true; footers, records and index segments ask this.</summary>
    public static bool IsValid(PackKind pack, byte kind, byte codec, uint plain, uint stored) =>
        kind is >= (byte)BlobKind.Data and <= (byte)BlobKind.List
        && PackLayout.PackOf((BlobKind)kind) == pack
        && codec <= (byte)BlobCodec.Zstd
        && plain <= PackLayout.MaxPlainLength(pack)
        && stored >= PackLayout.RecordOverhead
        && stored - PackLayout.RecordOverhead <= plain
        && (codec != (byte)BlobCodec.None || stored - PackLayout.RecordOverhead == plain);

    private static bool TryPlace(ref PackEntry entry, int offset, int ordinal)
    {
        entry = entry with { Offset = offset, Ordinal = ordinal };
        return offset >= PackLayout.HeaderLength;
    }
}
