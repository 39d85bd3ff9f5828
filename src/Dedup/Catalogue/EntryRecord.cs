using System.Buffers.Binary;
using System.Numerics;
using Dedup.Format;

namespace Dedup.Catalogue;

/// <summary>
/// A <see cref="PackEntry"/> as the catalogue keeps it, 49 bytes: id, kind and codec, plain length, stored length, offset, and a
/// CRC-32C over these together with the pack and the ordinal. SQLite has no checksums: without one, a flipped bit on the local disk
/// would give a wrong place for a right id, and a restore would blame the store for it.
/// </summary>
internal static class EntryRecord
{
    public const int Length = CheckAt + 4;

    private const int KindAt = 32, PlainLengthAt = 33, StoredLengthAt = 37, OffsetAt = 41, CheckAt = 45;

    /// <summary>What the checks of a pack's entries begin with.</summary>
    public static uint Seed(PackId pack, PackKind kind)
    {
        Span<byte> bytes = stackalloc byte[PackId.Length + 1];
        pack.CopyTo(bytes);
        bytes[PackId.Length] = (byte)kind;
        return Crc(uint.MaxValue, bytes);
    }

    public static void Write(Span<byte> record, in PackEntry entry, uint seed)
    {
        entry.Id.CopyTo(record);
        record[KindAt] = (byte)(((byte)entry.Kind << 4) | (byte)entry.Codec);
        BinaryPrimitives.WriteInt32LittleEndian(record[PlainLengthAt..], entry.PlainLength);
        BinaryPrimitives.WriteInt32LittleEndian(record[StoredLengthAt..], entry.StoredLength);
        BinaryPrimitives.WriteInt32LittleEndian(record[OffsetAt..], entry.Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(record[CheckAt..], Check(record, entry.Ordinal, seed));
    }

    /// <summary>Reads a record.</summary>
    /// <returns>Whether it is as it was written.</returns>
    public static bool TryRead(ReadOnlySpan<byte> record, int ordinal, uint seed, out PackEntry entry)
    {
        entry = new PackEntry(
            new BlobId(record[..BlobId.Length]),
            (BlobKind)(record[KindAt] >> 4),
            (BlobCodec)(record[KindAt] & 0xf),
            BinaryPrimitives.ReadInt32LittleEndian(record[PlainLengthAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(record[StoredLengthAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(record[OffsetAt..]),
            ordinal);
        return BinaryPrimitives.ReadUInt32LittleEndian(record[CheckAt..]) == Check(record, ordinal, seed);
    }

    /// <summary>CRC-32C without the final inversion, which guards nothing here.</summary>
    public static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return crc;
    }

    private static uint Check(ReadOnlySpan<byte> record, int ordinal, uint seed) =>
        BitOperations.Crc32C(Crc(seed, record[..CheckAt]), (uint)ordinal);
}
