using System.Buffers.Binary;

namespace Dedup.Catalogue;

/// <summary>How the tables name things by numbers: these small keys make the lookup table a third of one keyed by whole ids.</summary>
internal static class Place
{
    /// <summary>Entries in one row of a pack's directory: as many as fit one page of 4096 bytes, with the pack's id and kind, without overflow.</summary>
    public const int EntriesPerRow = 82;

    /// <summary>An ordinal takes 20 bits: <see cref="Limits.MaxBlobsPerPack"/>.</summary>
    public const int OrdinalBits = 20;

    /// <summary>The rows of one pack's directory are counted in 14 bits: 2^20 / 82 are fewer.</summary>
    public const int RowBits = 14;

    /// <summary>Where a blob lies: the pack's number and its ordinal.</summary>
    public static long Of(long packNumber, int ordinal) => (packNumber << OrdinalBits) | (uint)ordinal;

    public static int OrdinalOf(long place) => (int)(place & ((1 << OrdinalBits) - 1));

    /// <summary>The key of a row of a pack's directory.</summary>
    public static long RowKey(long packNumber, int row) => (packNumber << RowBits) | (uint)row;

    /// <summary>
    /// The first 48 bits of an id, signed, as SQLite stores them in six bytes. Two of 10^7 blobs share them with a
    /// probability of a sixth, and then the whole ids tell them apart.
    /// </summary>
    public static long Prefix(Bytes32 id)
    {
        ulong prefix = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(id.Prefix) : id.Prefix;
        return unchecked((long)prefix) >> 16;
    }
}
