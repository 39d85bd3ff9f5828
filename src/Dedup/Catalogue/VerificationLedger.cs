using System.Buffers.Binary;
using Dedup.Native;

namespace Dedup.Catalogue;

/// <summary>
/// Which packs of a repository this machine last read whole, and how it found them. It lies beside the catalogue and outlives it: a
/// catalogue can be made anew from the store, this cannot. Losing it means only that packs count as never read, so a damaged file is
/// replaced by an empty one and a damaged row passed over. It is opened for each call, under a lock, and may be shared by processes.
/// </summary>
/// <param name="directory">The folder of the repository's catalogue.</param>
/// <param name="repository">The repository's id.</param>
internal sealed class VerificationLedger(string directory, Bytes32 repository)
{
    private const string DatabaseName = "ledger.db", LockName = "ledger.lock";

    private const int ApplicationId = 0x44446c67, Version = 1, CacheKibibytes = 1024;

    private static readonly string Tables = $"""
        PRAGMA page_size = 4096;
        PRAGMA journal_mode = WAL;
        BEGIN IMMEDIATE;
        CREATE TABLE state(only INTEGER PRIMARY KEY, repository BLOB NOT NULL);
        CREATE TABLE packs(
            id BLOB NOT NULL PRIMARY KEY, verified INTEGER NOT NULL, damaged INTEGER NOT NULL, "check" INTEGER NOT NULL) WITHOUT ROWID;
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        """;

    private readonly CatalogueFolder _folder = new(directory, DatabaseName, LockName);

    /// <summary>Everything that is remembered.</summary>
    /// <exception cref="CatalogueException">The folder cannot be used.</exception>
    public Dictionary<PackId, Verification> Read()
    {
        Dictionary<PackId, Verification> packs = [];
        using FileLock hold = _folder.Lock();
        if (!_folder.HasDatabase)
        {
            return packs;
        }

        try
        {
            using SqliteConnection connection = Open();
            ReadRows(connection, packs);
        }
        catch (CatalogueDamagedException)
        {
            // What is remembered of some packs cannot be told from damage: all of them count as never read.
            packs.Clear();
            _folder.DeleteDatabase();
        }

        return packs;
    }

    /// <summary>The packs that were found damaged.</summary>
    /// <exception cref="CatalogueException">The folder cannot be used.</exception>
    public HashSet<PackId> ReadDamaged() => [.. Read().Where(pack => pack.Value.IsDamaged).Select(pack => pack.Key)];

    /// <summary>Remembers what was found.</summary>
    /// <param name="found">The packs that were read.</param>
    /// <param name="gone">Packs that the store does not hold any more: they are forgotten.</param>
    /// <exception cref="CatalogueException">The folder cannot be used, or the disk is full.</exception>
    public void Record(IReadOnlyCollection<KeyValuePair<PackId, Verification>> found, IReadOnlyCollection<PackId> gone)
    {
        if (found.Count + gone.Count == 0)
        {
            return;
        }

        using FileLock hold = _folder.Lock();
        if (!_folder.HasDatabase)
        {
            Create();
        }

        try
        {
            Write(found, gone);
        }
        catch (CatalogueDamagedException)
        {
            Create();
            Write(found, gone);
        }
    }

    private static uint Check(ReadOnlySpan<byte> pack, Verification verification)
    {
        Span<byte> row = stackalloc byte[PackId.Length + sizeof(long) + 1];
        pack.CopyTo(row);
        BinaryPrimitives.WriteInt64LittleEndian(row[PackId.Length..], verification.VerifiedNs);
        row[^1] = verification.IsDamaged ? (byte)1 : (byte)0;
        return EntryRecord.Crc(uint.MaxValue, row);
    }

    private static void ReadRows(SqliteConnection connection, Dictionary<PackId, Verification> packs)
    {
        SqliteStatement select = connection.Prepare("SELECT id, verified, damaged, \"check\" FROM packs");
        while (select.Step())
        {
            ReadOnlySpan<byte> id = select.Blob(0);
            Verification verification = new(select.Int64(1), select.Int64(2) != 0);
            if (id.Length == PackId.Length && Check(id, verification) == select.Int64(3))
            {
                packs[new PackId(id)] = verification;
            }
        }

        select.Reset();
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

    private void Write(IReadOnlyCollection<KeyValuePair<PackId, Verification>> found, IReadOnlyCollection<PackId> gone)
    {
        using SqliteConnection connection = Open();
        SqliteStatement insert = connection.Prepare("INSERT OR REPLACE INTO packs VALUES(?1, ?2, ?3, ?4)");
        SqliteStatement delete = connection.Prepare("DELETE FROM packs WHERE id = ?1");
        connection.Transact("BEGIN IMMEDIATE", () =>
        {
            foreach ((PackId pack, Verification verification) in found)
            {
                byte[] id = pack.ToArray();
                insert.Bind(1, id).Bind(2, verification.VerifiedNs).Bind(3, verification.IsDamaged ? 1 : 0)
                    .Bind(4, Check(id, verification)).Run();
            }

            foreach (PackId pack in gone)
            {
                delete.Bind(1, pack.Bytes).Run();
            }
        });
    }
}
