using System.Buffers.Binary;

namespace Dedup.Storage.S3;

/// <summary>
/// CRC-64/NVME: polynomial 0xAD93D23594C93659, bits reflected, all ones at the start and inverted at the end (NVM Express NVM Command Set
/// Specification 1.0d, section 5.2.1.3.4). Eight bytes a step, by eight tables.
/// </summary>
internal static class Crc64Nvme
{
    /// <summary>What a sum begins with.</summary>
    public const ulong Initial = ulong.MaxValue;

    private const ulong ReflectedPolynomial = 0x9A6C9329AC4BC9B5;
    private const int Slices = 8, Values = 256;

    private static readonly ulong[] Tables = MakeTables();

    /// <summary>Goes on with a sum; it is inverted in the end.</summary>
    public static ulong Append(ulong crc, ReadOnlySpan<byte> bytes)
    {
        ulong[] tables = Tables;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            ulong value = crc ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            crc = 0;
            for (int i = 0; i < Slices; i++)
            {
                crc ^= tables[((Slices - 1 - i) * Values) + (int)((value >> (8 * i)) & 0xFF)];
            }
        }

        foreach (byte next in bytes)
        {
            crc = tables[(int)((crc ^ next) & 0xFF)] ^ (crc >> 8);
        }

        return crc;
    }

    private static ulong[] MakeTables()
    {
        ulong[] tables = new ulong[Slices * Values];
        for (int value = 0; value < Values; value++)
        {
            ulong crc = (ulong)value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : ReflectedPolynomial);
            }

            tables[value] = crc;
        }

        for (int i = Values; i < tables.Length; i++)
        {
            tables[i] = tables[(int)(tables[i - Values] & 0xFF)] ^ (tables[i - Values] >> 8);
        }

        return tables;
    }
}
