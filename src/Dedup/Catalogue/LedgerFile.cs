using System.Security.Cryptography;
using System.Text;
using Dedup.Native;

namespace Dedup.Catalogue;

/// <summary>
/// What this machine remembers of a repository that the store cannot tell. It lies beside the catalogue and outlives it: a catalogue can
/// be made anew from the store, this cannot. A damaged file is replaced by an empty one. It is opened for each call, under a lock, and may
/// be shared by processes.
/// </summary>
/// <param name="directory">The folder of the repository's catalogue.</param>
/// <param name="repository">The repository's id.</param>
internal sealed class LedgerFile(string directory, Bytes32 repository)
{
    private const string DatabaseName = "ledger.db", LockName = "ledger.lock";

    private const int ApplicationId = 0x44446c67, Version = 2, CacheKibibytes = 1024;

    private static readonly string Tables = $"""
        PRAGMA page_size = 4096;
        PRAGMA journal_mode = WAL;
        BEGIN IMMEDIATE;
        CREATE TABLE state(only INTEGER PRIMARY KEY, repository BLOB NOT NULL);
        CREATE TABLE snapshots(place BLOB NOT NULL, id BLOB NOT NULL, "check" INTEGER NOT NULL, PRIMARY KEY(place, id)) WITHOUT ROWID;
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        """;

    private readonly CatalogueFolder _folder = new(directory, DatabaseName, LockName);

    /// <summary>What stands in rows for the place that they are about: a repository and its replicas share an id, hence this file.</summary>
    /// <param name="location">As the store says it.</param>
    public static byte[] PlaceOf(string location) => SHA256.HashData(Encoding.UTF8.GetBytes(location));

    /// <summary>Reads.</summary>
    /// <returns><see langword="null"/> when there is none, or a damaged one, which is deleted.</returns>
    /// <exception cref="CatalogueException">The folder cannot be used.</exception>
    public T? TryRead<T>(Func<SqliteConnection, T> read)
        where T : class
    {
        using FileLock hold = _folder.Lock();
        if (!_folder.HasDatabase)
        {
            return null;
        }

        try
        {
            using SqliteConnection connection = Open();
            return read(connection);
        }
        catch (CatalogueDamagedException)
        {
            // What is remembered of some cannot be told from damage: nothing is.
            _folder.DeleteDatabase();
            return null;
        }
    }

    /// <summary>Writes, in one transaction.</summary>
    /// <param name="write">Called again when the file was damaged and is made anew.</param>
    /// <exception cref="CatalogueException">The folder cannot be used, or the disk is full.</exception>
    public void Write(Action<SqliteConnection> write)
    {
        using FileLock hold = _folder.Lock();
        if (!_folder.HasDatabase)
        {
            Create();
        }

        try
        {
            WriteOnce(write);
        }
        catch (CatalogueDamagedException)
        {
            Create();
            WriteOnce(write);
        }
    }

    private void WriteOnce(Action<SqliteConnection> write)
    {
        using SqliteConnection connection = Open();
        connection.Transact("BEGIN IMMEDIATE", () => write(connection));
    }

    /// <exception cref="CatalogueDamagedException">It is damaged, of another version or another repository's.</exception>
    private SqliteConnection Open()
    {
        SqliteConnection connection = new(_folder.DatabasePath, CacheKibibytes, readOnly: false);
        bool isOurs = false;
        try
        {
            isOurs = connection.QueryInt64("PRAGMA application_id") == ApplicationId
                && connection.QueryInt64("PRAGMA user_version") == Version
                && IsOfRepository(connection);
        }
        finally
        {
            if (!isOurs)
            {
                connection.Dispose();
            }
        }

        return isOurs ? connection : throw connection.Damaged("another version or another repository");
    }

    private bool IsOfRepository(SqliteConnection connection)
    {
        SqliteStatement select = connection.Prepare("SELECT repository FROM state WHERE only = 1");
        bool matches = select.Step() && select.Id(0).Equals(repository);
        select.Reset();
        return matches;
    }

    private void Create()
    {
        _folder.CreateDatabaseFile();
        using SqliteConnection connection = new(_folder.DatabasePath, CacheKibibytes, readOnly: false);
        connection.Execute(Tables);
        connection.Prepare("INSERT INTO state VALUES(1, ?1)").Bind(1, repository).Run();
        connection.Execute("COMMIT");
    }
}
