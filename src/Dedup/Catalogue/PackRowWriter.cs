using Dedup.Format;

namespace Dedup.Catalogue;

/// <summary>Adds packs with their blobs and removes them, within the transaction of one change.</summary>
internal sealed class PackRowWriter
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _select, _insert, _delete, _insertEntries, _selectEntries, _deleteEntries, _insertBlob, _deleteBlob;
    private readonly byte[] _row = new byte[Place.EntriesPerRow * EntryRecord.Length];

    public PackRowWriter(SqliteConnection connection)
    {
        _connection = connection;
        _select = connection.Prepare($"SELECT {PackRow.Columns} FROM packs WHERE id = ?1");
        _insert = connection.Prepare($"INSERT INTO packs({PackRow.Columns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
        _delete = connection.Prepare("DELETE FROM packs WHERE number = ?1");
        _insertEntries = connection.Prepare("INSERT INTO directories VALUES(?1, ?2, ?3, ?4)");
        _selectEntries = connection.Prepare("SELECT entries FROM directories WHERE key = ?1");
        _deleteEntries = connection.Prepare("DELETE FROM directories WHERE key = ?1");
        _insertBlob = connection.Prepare("INSERT INTO blobs VALUES(?1, ?2)");
        _deleteBlob = connection.Prepare("DELETE FROM blobs WHERE prefix = ?1 AND place = ?2");
    }

    /// <summary>The rows that <see cref="Add"/> leaves to be inserted.</summary>
    public PlaceBatch Insertions() => new(_insertBlob);

    /// <summary>The rows that <see cref="Remove"/> leaves to be deleted.</summary>
    public PlaceBatch Deletions() => new(_deleteBlob);

    public bool Knows(PackId id) => Find(id) is not null;

    /// <summary>Adds a pack unless it is known.</summary>
    /// <returns>The state with the pack.</returns>
    /// <exception cref="ArgumentException">The ordinals of its entries do not count from 0.</exception>
    public CatalogueState Add(PackDirectory pack, CatalogueState state, PlaceBatch insertions, BlobFilter filter)
    {
        if (Knows(pack.Id))
        {
            return state;
        }

        var row = new PackRow(state.NextPack, pack.Id, pack.Kind, pack.Length, pack.Entries.Count);
        row.Write(_insert);
        uint seed = row.Seed;
        for (int ordinal = 0; ordinal < pack.Entries.Count; ordinal++)
        {
            PackEntry entry = pack.Entries[ordinal];
            if (entry.Ordinal != ordinal || ordinal >= Limits.MaxBlobsPerPack)
            {
                throw new ArgumentException($"Pack {pack.Id}: entry {ordinal} has ordinal {entry.Ordinal}.", nameof(pack));
            }

            int index = ordinal % Place.EntriesPerRow;
            EntryRecord.Write(_row.AsSpan(index * EntryRecord.Length), entry, seed);
            if (index == Place.EntriesPerRow - 1 || ordinal == pack.Entries.Count - 1)
            {
                long key = Place.RowKey(row.Number, ordinal / Place.EntriesPerRow);
                _insertEntries.Bind(1, key).Bind(2, pack.Id.Bytes).Bind(3, (long)pack.Kind)
                    .Bind(4, _row.AsSpan(0, (index + 1) * EntryRecord.Length)).Run();
            }

            long prefix = Place.Prefix(entry.Id.Bytes);
            insertions.Add(prefix, Place.Of(row.Number, ordinal));
            filter.Add(prefix);
        }

        CatalogueTotals totals = state.Totals;
        return state with
        {
            NextPack = state.NextPack + 1,
            Totals = new CatalogueTotals(totals.Packs + 1, totals.Blobs + row.BlobCount, totals.StoredBytes + row.Length),
        };
    }

    /// <summary>Removes a pack if it is known.</summary>
    /// <returns>The state without the pack.</returns>
    public CatalogueState Remove(PackId id, CatalogueState state, PlaceBatch deletions)
    {
        if (Find(id) is not { } row)
        {
            return state;
        }

        for (int i = 0; i < row.DirectoryRows; i++)
        {
            RemoveEntries(row, i, deletions);
        }

        _delete.Bind(1, row.Number).Run();
        CatalogueTotals totals = state.Totals;
        return state with
        {
            Totals = new CatalogueTotals(totals.Packs - 1, totals.Blobs - row.BlobCount, totals.StoredBytes - row.Length),
        };
    }

    private void RemoveEntries(PackRow pack, int row, PlaceBatch deletions)
    {
        long key = Place.RowKey(pack.Number, row);
        int first = row * Place.EntriesPerRow;
        int count = Math.Min(Place.EntriesPerRow, pack.BlobCount - first);
        ReadOnlySpan<byte> entries = _selectEntries.Bind(1, key).Step() ? _selectEntries.Blob(0) : default;
        bool intact = entries.Length == count * EntryRecord.Length;
        for (int i = 0; intact && i < count; i++)
        {
            intact = EntryRecord.TryRead(entries[(i * EntryRecord.Length)..], first + i, pack.Seed, out PackEntry entry);
            deletions.Add(Place.Prefix(entry.Id.Bytes), Place.Of(pack.Number, first + i));
        }

        _selectEntries.Reset();
        if (!intact)
        {
            throw _connection.Damaged("a pack's directory was altered");
        }

        _deleteEntries.Bind(1, key).Run();
    }

    private PackRow? Find(PackId id)
    {
        try
        {
            return _select.Bind(1, id.Bytes).Step() ? PackRow.Read(_select, _connection) : null;
        }
        finally
        {
            _select.Reset();
        }
    }
}
