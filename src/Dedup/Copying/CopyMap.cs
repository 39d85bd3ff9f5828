using Dedup.Catalogue;
using Dedup.Native;

namespace Dedup.Copying;

/// <summary>
/// Which blob of the source is which of the target: ids are keyed, so that only who has read a blob can tell. Kept beside the target's catalogue, so that the next
/// copy need not read again what it finds there. A cache: lost or damaged, blobs are read again. An entry counts only where the target has the blob it
/// names; a damaged id names none. One process at a time, one thread.
/// </summary>
internal sealed class CopyMap : IDisposable
{
    private const int ApplicationId = 0x4444636d, Version = 1, CacheKibibytes = 16384;

    /// <summary>How many entries are written at once.</summary>
    private const int EntriesPerChange = 4096;

    private static readonly string Tables = $"""
        PRAGMA page_size = 4096;
        PRAGMA journal_mode = WAL;
        BEGIN IMMEDIATE;
        CREATE TABLE data(source BLOB NOT NULL PRIMARY KEY, target BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE trees(source BLOB NOT NULL PRIMARY KEY, target BLOB NOT NULL) WITHOUT ROWID;
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        COMMIT;
        """;

    private readonly FileLock _hold;
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _findData, _findTree, _addData, _addTree;
    private readonly Dictionary<BlobId, BlobId> _newData = [], _newTrees = [];

    private CopyMap(FileLock hold, SqliteConnection connection)
    {
        _hold = hold;
        _connection = connection;
        connection.Execute("DELETE FROM trees");
        _findData = connection.Prepare("SELECT target FROM data WHERE source = ?1");
        _findTree = connection.Prepare("SELECT target FROM trees WHERE source = ?1");
        _addData = connection.Prepare("INSERT OR REPLACE INTO data VALUES(?1, ?2)");
        _addTree = connection.Prepare("INSERT OR REPLACE INTO trees VALUES(?1, ?2)");
    }

    /// <summary>Opens the map from one repository to another, or makes an empty one.</summary>
    /// <exception cref="CatalogueException">It cannot be made.</exception>
    public static CopyMap Open(string directory, Bytes32 source)
    {
        CatalogueFolder folder = new(directory, $"copies-{source}.db", $"copies-{source}.lock");
        FileLock hold = folder.Lock();
        SqliteConnection? connection = null;
        try
        {
            connection = TryOpen(folder);
            if (connection is not null)
            {
                try
                {
                    return new CopyMap(hold, connection);
                }
                catch (CatalogueDamagedException)
                {
                    // Made anew: it only saves reading.
                    connection.Dispose();
                }
            }

            folder.CreateDatabaseFile();
            connection = new SqliteConnection(folder.DatabasePath, CacheKibibytes, readOnly: false);
            connection.Execute(Tables);
            return new CopyMap(hold, connection);
        }
        catch
        {
            connection?.Dispose();
            hold.Dispose();
            throw;
        }
    }

    /// <summary>What a chunk, or the value of an attribute, was called in the target when it was last copied.</summary>
    public BlobId FindData(BlobId source) => Find(_newData, _findData, source);

    /// <summary>The directory of the target that was made of one of the source, as long as <see cref="ForgetTrees"/> was not called since.</summary>
    public BlobId FindTree(BlobId source) => Find(_newTrees, _findTree, source);

    public void AddData(BlobId source, BlobId target) => Add(_newData, source, target);

    public void AddTree(BlobId source, BlobId target) => Add(_newTrees, source, target);

    /// <summary>Forgets the directories: what lies in them may be gone from the target.</summary>
    public void ForgetTrees()
    {
        _newTrees.Clear();
        _connection.Execute("DELETE FROM trees");
    }

    /// <summary>Writes down what is new.</summary>
    public void Flush() => _connection.Transact("BEGIN IMMEDIATE", () =>
    {
        Write(_addData, _newData);
        Write(_addTree, _newTrees);
    });

    public void Dispose()
    {
        _connection.Dispose();
        _hold.Dispose();
    }

    private static SqliteConnection? TryOpen(CatalogueFolder folder)
    {
        if (!folder.HasDatabase)
        {
            return null;
        }

        SqliteConnection? connection = null;
        try
        {
            connection = new SqliteConnection(folder.DatabasePath, CacheKibibytes, readOnly: false);
            if (connection.QueryInt64("PRAGMA application_id") == ApplicationId && connection.QueryInt64("PRAGMA user_version") == Version)
            {
                return connection;
            }
        }
        catch (CatalogueDamagedException)
        {
            // Made anew: it only saves reading.
        }

        connection?.Dispose();
        return null;
    }

    private static BlobId Find(Dictionary<BlobId, BlobId> recent, SqliteStatement select, BlobId source)
    {
        if (recent.TryGetValue(source, out BlobId found))
        {
            return found;
        }

        select.Bind(1, source.Bytes);
        found = select.Step() && select.Blob(0) is { Length: BlobId.Length } target ? new BlobId(target) : default;
        select.Reset();
        return found;
    }

    private static void Write(SqliteStatement insert, Dictionary<BlobId, BlobId> entries)
    {
        foreach ((BlobId source, BlobId target) in entries)
        {
            insert.Bind(1, source.Bytes).Bind(2, target.Bytes).Run();
        }

        entries.Clear();
    }

    private void Add(Dictionary<BlobId, BlobId> recent, BlobId source, BlobId target)
    {
        recent[source] = target;
        if (_newData.Count + _newTrees.Count >= EntriesPerChange)
        {
            Flush();
        }
    }
}
