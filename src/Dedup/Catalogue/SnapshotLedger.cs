namespace Dedup.Catalogue;

/// <summary>
/// Which snapshots of a repository this machine has seen in one place and nobody has forgotten since: a store that does not list one of them hides
/// it, lost it or shows an old state. A replica elsewhere may well lag behind. Losing the ledger means only that less of this is noticed; a
/// damaged row is passed over.
/// </summary>
/// <param name="directory">The folder of the repository's catalogue.</param>
/// <param name="repository">The repository's id.</param>
/// <param name="location">Where it lies, as its store says.</param>
internal sealed class SnapshotLedger(string directory, Bytes32 repository, string location)
{
    private readonly byte[] _place = LedgerFile.PlaceOf(location);
    private readonly LedgerFile _file = new(directory, repository);

    /// <summary>The snapshots that should be there.</summary>
    /// <exception cref="CatalogueException">The folder cannot be used.</exception>
    public HashSet<SnapshotId> Read() => _file.TryRead(ReadRows) ?? [];

    /// <summary>Remembers what was seen. Writes nothing when there is nothing new.</summary>
    /// <param name="seen">Snapshots that are there.</param>
    /// <param name="forgotten">Snapshots that are on record as forgotten.</param>
    /// <exception cref="CatalogueException">The folder cannot be used, or the disk is full.</exception>
    public void Record(IReadOnlyCollection<SnapshotId> seen, IReadOnlyCollection<SnapshotId> forgotten)
    {
        if (seen.Count + forgotten.Count > 0)
        {
            _file.Write(connection => Write(connection, seen, forgotten));
        }
    }

    private static uint Check(ReadOnlySpan<byte> id) => EntryRecord.Crc(uint.MaxValue, id);

    private HashSet<SnapshotId> ReadRows(SqliteConnection connection)
    {
        HashSet<SnapshotId> snapshots = [];
        SqliteStatement select = connection.Prepare("SELECT id, \"check\" FROM snapshots WHERE place = ?1").Bind(1, _place);
        while (select.Step())
        {
            ReadOnlySpan<byte> id = select.Blob(0);
            if (id.Length == SnapshotId.Length && Check(id) == select.Int64(1))
            {
                snapshots.Add(new SnapshotId(id));
            }
        }

        select.Reset();
        return snapshots;
    }

    private void Write(SqliteConnection connection, IReadOnlyCollection<SnapshotId> seen, IReadOnlyCollection<SnapshotId> forgotten)
    {
        SqliteStatement insert = connection.Prepare("INSERT OR REPLACE INTO snapshots VALUES(?1, ?2, ?3)");
        SqliteStatement delete = connection.Prepare("DELETE FROM snapshots WHERE place = ?1 AND id = ?2");
        foreach (SnapshotId snapshot in seen)
        {
            byte[] id = snapshot.ToArray();
            insert.Bind(1, _place).Bind(2, id).Bind(3, Check(id)).Run();
        }

        foreach (SnapshotId snapshot in forgotten)
        {
            delete.Bind(1, _place).Bind(2, snapshot.ToArray()).Run();
        }
    }
}
