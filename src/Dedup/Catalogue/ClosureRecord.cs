using System.Buffers.Binary;

namespace Dedup.Catalogue;

/// <summary>
/// The references of a page as the catalogue keeps them:
/// <code>
/// the page's id (32), number of trees (4), number of lists (4), trees (32 each), lists (32 each), data (8 each), CRC-32C (4)
/// </code>
/// A wrong one would have a prune delete what is needed, hence the id and the check over everything.
/// </summary>
internal static class ClosureRecord
{
    private const int HeaderLength = BlobId.Length + 8, CheckLength = 4;

    public static byte[] Write(BlobId page, PageReferences references)
    {
        int data = HeaderLength + ((references.Trees.Count + references.Lists.Count) * BlobId.Length);
        byte[] record = new byte[data + (references.Data.Count * sizeof(ulong)) + CheckLength];
        page.CopyTo(record);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(BlobId.Length), references.Trees.Count);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(BlobId.Length + 4), references.Lists.Count);
        int at = HeaderLength;
        foreach (BlobId id in references.Trees.Concat(references.Lists))
        {
            id.CopyTo(record.AsSpan(at));
            at += BlobId.Length;
        }

        foreach (ulong prefix in references.Data)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(at), prefix);
            at += sizeof(ulong);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(at), EntryRecord.Crc(uint.MaxValue, record.AsSpan(0, at)));
        return record;
    }

    /// <summary>Reads a record.</summary>
    /// <returns><see langword="null"/> when it is that of another page; <paramref name="isIntact"/> tells whether it is as it was written.</returns>
    public static PageReferences? TryRead(ReadOnlySpan<byte> record, BlobId page, out bool isIntact)
    {
        int end = record.Length - CheckLength;
        isIntact = end >= HeaderLength && BinaryPrimitives.ReadUInt32LittleEndian(record[end..]) == EntryRecord.Crc(uint.MaxValue, record[..end]);
        if (!isIntact || new BlobId(record[..BlobId.Length]) != page)
        {
            return null;
        }

        BlobId[] trees = new BlobId[BinaryPrimitives.ReadInt32LittleEndian(record[BlobId.Length..])];
        BlobId[] lists = new BlobId[BinaryPrimitives.ReadInt32LittleEndian(record[(BlobId.Length + 4)..])];
        int at = HeaderLength;
        ReadIds(record, ref at, trees);
        ReadIds(record, ref at, lists);
        ulong[] data = new ulong[(end - at) / sizeof(ulong)];
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = BinaryPrimitives.ReadUInt64LittleEndian(record[(at + (i * sizeof(ulong)))..]);
        }

        return new PageReferences(trees, lists, data);
    }

    private static void ReadIds(ReadOnlySpan<byte> record, ref int at, BlobId[] ids)
    {
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = new BlobId(record.Slice(at, BlobId.Length));
            at += BlobId.Length;
        }
    }
}
