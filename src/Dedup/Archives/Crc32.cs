using System.Buffers.Binary;

namespace Dedup.Archives;

/// <summary>The checksum of zip: CRC-32 of ISO 3309, polynomial 0xEDB88320 in reversed bits. Eight bytes a step, by eight tables ("slicing by 8").</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB8_8320;
    private const int Step = 8;

    private static readonly uint[] Tables = MakeTables();

    /// <summary>Goes on with a checksum; that of nothing is 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> tables = Tables;
        crc = ~crc;
        for (; bytes.Length >= Step; bytes = bytes[Step..])
        {
            uint low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes), high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[0x700 | (int)(low & 0xFF)] ^ tables[0x600 | (int)(low >> 8 & 0xFF)] ^ tables[0x500 | (int)(low >> 16 & 0xFF)] ^ tables[0x400 | (int)(low >> 24)]
                ^ tables[0x300 | (int)(high & 0xFF)] ^ tables[0x200 | (int)(high >> 8 & 0xFF)] ^ tables[0x100 | (int)(high >> 16 & 0xFF)] ^ tables[(int)(high >> 24)];
        }

        foreach (byte b in bytes)
        {
            crc = tables[(int)((crc ^ b) & 0xFF)] ^ (crc >> 8);
        }

        return ~crc;
    }

    // Table k holds what a byte adds that k more bytes follow.
    private static uint[] MakeTables()
    {
        uint[] tables = new uint[Step * 256];
        for (int i = 0; i < tables.Length; i++)
        {
            uint crc = i < 256 ? (uint)i : tables[i - 256];
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }

            tables[i] = crc;
        }

        return tables;
    }
}
