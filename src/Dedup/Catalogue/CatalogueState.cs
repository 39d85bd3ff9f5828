using System.Runtime.InteropServices;

namespace Dedup.Catalogue;

/// <summary>The counters of the catalogue: the one row of its table state.</summary>
/// <param name="Epoch">Rises when something known is lost; marks of complete trees count only within one epoch.</param>
/// <param name="NextPack">The number of the next pack.</param>
/// <param name="Totals">What is known in all.</param>
/// <param name="FilterThrough">The stored filter covers all packs with numbers up to this one.</param>
/// <param name="FilterBlobs">How many blobs were put into the stored filter.</param>
internal readonly record struct CatalogueState(
    long Epoch, long NextPack, CatalogueTotals Totals, long FilterThrough, long FilterBlobs)
{
    public const string Select = """
        SELECT epoch, next_pack, packs, blobs, stored_bytes, filter_through, filter_blobs, "check" FROM state WHERE only = 1
        """;

    public const string Update = """
        UPDATE state SET epoch = ?1, next_pack = ?2, packs = ?3, blobs = ?4, stored_bytes = ?5,
            filter_through = ?6, filter_blobs = ?7, "check" = ?8 WHERE only = 1
        """;

    private uint Check
    {
        get
        {
            ReadOnlySpan<long> fields = [Epoch, NextPack, Totals.Packs, Totals.Blobs, Totals.StoredBytes, FilterThrough, FilterBlobs];
            return EntryRecord.Crc(uint.MaxValue, MemoryMarshal.AsBytes(fields));
        }
    }

    /// <summary>Reads the row with a statement made from <see cref="Select"/>.</summary>
    /// <exception cref="CatalogueDamagedException">The row is missing or not as it was written.</exception>
    public static CatalogueState Read(SqliteStatement select, SqliteConnection connection)
    {
        try
        {
            if (select.Step())
            {
                var totals = new CatalogueTotals(select.Int64(2), select.Int64(3), select.Int64(4));
                var state = new CatalogueState(select.Int64(0), select.Int64(1), totals, select.Int64(5), select.Int64(6));
                if (state.Check == select.Int64(7))
                {
                    return state;
                }
            }

            throw connection.Damaged("its counters were altered");
        }
        finally
        {
            select.Reset();
        }
    }

    /// <summary>Writes the row with a statement made from <see cref="Update"/>.</summary>
    public void Write(SqliteStatement update) => update.Bind(1, Epoch).Bind(2, NextPack).Bind(3, Totals.Packs)
        .Bind(4, Totals.Blobs).Bind(5, Totals.StoredBytes).Bind(6, FilterThrough).Bind(7, FilterBlobs).Bind(8, Check).Run();
}
