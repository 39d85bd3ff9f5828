using System.Numerics;

namespace Dedup.Catalogue;

/// <summary>A row of the table packs.</summary>
/// <param name="Number">The pack's number.</param>
/// <param name="Id">The pack.</param>
/// <param name="Kind">Which blobs it holds.</param>
/// <param name="Length">The length of the whole object in bytes.</param>
/// <param name="BlobCount">How many blobs it holds.</param>
internal readonly record struct PackRow(long Number, PackId Id, PackKind Kind, long Length, int BlobCount)
{
    /// <summary>The columns in the order in which <see cref="Read"/> takes them.</summary>
    public const string Columns = "number, id, kind, length, blobs, \"check\"";

    /// <summary>What the checks of its entries begin with.</summary>
    public uint Seed => EntryRecord.Seed(Id, Kind);

    /// <summary>How many rows its directory takes.</summary>
    public int DirectoryRows => (BlobCount + Place.EntriesPerRow - 1) / Place.EntriesPerRow;

    private uint Check =>
        BitOperations.Crc32C(BitOperations.Crc32C(BitOperations.Crc32C(Seed, (ulong)Number), (ulong)Length), (uint)BlobCount);

    /// <exception cref="CatalogueDamagedException">The row is not as it was written.</exception>
    public static PackRow Read(SqliteStatement select, SqliteConnection connection)
    {
        long kind = select.Int64(2), length = select.Int64(3), blobs = select.Int64(4);
        if (kind is >= 0 and <= byte.MaxValue && length >= 0 && blobs is >= 0 and <= Limits.MaxBlobsPerPack)
        {
            Span<byte> id = stackalloc byte[PackId.Length];
            select.Id(1).CopyTo(id);
            var row = new PackRow(select.Int64(0), new PackId(id), (PackKind)kind, length, (int)blobs);
            if (row.Number >= 0 && row.Check == select.Int64(5))
            {
                return row;
            }
        }

        throw connection.Damaged("a pack's row was altered");
    }

    /// <summary>Writes the row with an insertion of <see cref="Columns"/>.</summary>
    public void Write(SqliteStatement insert) => insert.Bind(1, Number).Bind(2, Id.Bytes).Bind(3, (long)Kind)
        .Bind(4, Length).Bind(5, BlobCount).Bind(6, Check).Run();
}
