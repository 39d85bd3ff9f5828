using Dedup.Crypto;

namespace Dedup.Format;

/// <summary>
/// The plaintext of an index segment.
/// <code>
/// count of packs (4), count of replaced segments (4), count of entries (4), zero (4)
/// each pack:     id (32), length (8), count of its entries (4), kind (1), zero (3)          48
/// each replaced: id (32)
/// each entry:    blob id (32), pack's place in the list (4), ordinal (4), offset (4),
///                stored length (4), plain length (4), kind (1), codec (1), zero (2)          56
/// </code>
/// Entries are sorted by blob id, then by the pack's place.
/// </summary>
internal static class IndexSegmentFormat
{
    private const int CountsLength = 16, EntryLength = 56, PackLength = 48;

    /// <summary>The length of a segment before it is sealed, in bytes.</summary>
    public static long LengthOf(int packs, int replaced, int entries) =>
        CountsLength + ((long)packs * PackLength) + ((long)replaced * Bytes32.Length) + ((long)entries * EntryLength);

    public static byte[] Seal(IndexSegment segment, RepositoryKeys keys)
    {
        (PackEntry Entry, int Pack)[] entries =
            [.. segment.Packs.SelectMany((pack, place) => pack.Entries.Select(entry => (entry, place)))];
        Array.Sort(entries, static (left, right) =>
            left.Entry.Id.CompareTo(right.Entry.Id) is var order and not 0 ? order
            : left.Pack != right.Pack ? left.Pack.CompareTo(right.Pack)
            : left.Entry.Ordinal.CompareTo(right.Entry.Ordinal));

        ByteWriter writer = new();
        writer.U32(segment.Packs.Count);
        writer.U32(segment.Replaced.Count);
        writer.U32(entries.Length);
        writer.Zeros(4);
        foreach (PackDirectory pack in segment.Packs)
        {
            writer.Id(pack.Id.Bytes);
            writer.Length64(pack.Length);
            writer.U32(pack.Entries.Count);
            writer.U8((byte)pack.Kind);
            writer.Zeros(3);
        }

        foreach (Bytes32 replaced in segment.Replaced)
        {
            writer.Id(replaced);
        }

        foreach ((PackEntry entry, int pack) in entries)
        {
            writer.Id(entry.Id);
            writer.U32(pack);
            writer.U32(entry.Ordinal);
            writer.U32(entry.Offset);
            writer.U32(entry.StoredLength);
            writer.U32(entry.PlainLength);
            writer.U8((byte)entry.Kind);
            writer.U8((byte)entry.Codec);
            writer.Zeros(2);
        }

        return SealedObject.Seal(SealedObject.IndexMagic, keys.Index, keys.Repository, [], writer.Written);
    }

    /// <exception cref="CorruptDataException">The segment is damaged or contradicts itself.</exception>
    public static IndexSegment Open(ReadOnlySpan<byte> whole, RepositoryKeys keys, string objectName)
    {
        byte[] plain = SealedObject.Open(SealedObject.IndexMagic, keys.Index, keys.Repository, [], whole, objectName);
        ByteReader reader = new(plain, objectName);
        int packCount = reader.Count32(plain.Length / PackLength);
        int replacedCount = reader.Count32(plain.Length / Bytes32.Length);
        int entryCount = reader.Count32(plain.Length / EntryLength);
        reader.Zeros(4);

        PackDirectory[] packs = new PackDirectory[packCount];
        PackEntry[][] entries = new PackEntry[packCount][];
        long announced = 0;
        for (int i = 0; i < packCount; i++)
        {
            packs[i] = ReadPack(ref reader, entryCount - announced, out entries[i]);
            announced += entries[i].Length;
        }

        Bytes32[] replaced = new Bytes32[replacedCount];
        for (int i = 0; i < replacedCount; i++)
        {
            replaced[i] = reader.Id();
        }

        if (announced != entryCount)
        {
            throw reader.Corrupt("its packs and its entries differ in number");
        }

        BlobId previous = default;
        for (int i = 0; i < entryCount; i++)
        {
            BlobId id = ReadEntry(ref reader, packs, entries);
            if (i > 0 && id < previous)
            {
                throw reader.Corrupt("its entries are not sorted");
            }

            previous = id;
        }

        reader.End();
        return new IndexSegment(packs, replaced);
    }

    private static PackDirectory ReadPack(ref ByteReader reader, long entriesLeft, out PackEntry[] entries)
    {
        PackId id = new(reader.Bytes(PackId.Length));
        long length = reader.Length64();
        entries = new PackEntry[reader.Count32(Math.Min(entriesLeft, Limits.MaxBlobsPerPack))];
        byte kind = reader.U8();
        reader.Zeros(3);
        return length <= Limits.MaxPackLength && kind is (byte)PackKind.Data or (byte)PackKind.Tree
            ? new PackDirectory(id, (PackKind)kind, length, entries)
            : throw reader.Corrupt($"pack {id} of kind {kind} and {length} bytes makes no sense");
    }

    private static BlobId ReadEntry(ref ByteReader reader, PackDirectory[] packs, PackEntry[][] entries)
    {
        BlobId id = reader.BlobId();
        uint pack = reader.U32(), ordinal = reader.U32(), offset = reader.U32(), stored = reader.U32(), plain = reader.U32();
        byte kind = reader.U8(), codec = reader.U8();
        reader.Zeros(2);
        bool valid = pack < packs.Length
            && ordinal < entries[pack].Length
            && entries[pack][ordinal].StoredLength == 0
            && RecordHeader.IsValid(packs[pack].Kind, kind, codec, plain, stored)
            && offset >= PackLayout.HeaderLength
            && (long)offset + stored <= packs[pack].Length;
        if (!valid)
        {
            throw reader.Corrupt($"the entry of blob {id} makes no sense");
        }

        entries[pack][ordinal] = new PackEntry(id, (BlobKind)kind, (BlobCodec)codec, (int)plain, (int)stored, (int)offset, (int)ordinal);
        return id;
    }
}
