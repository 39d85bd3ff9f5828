using SQLitePCL;

namespace Dedup.Catalogue;

/// <summary>
/// One connection to a database file, for one thread at a time. It calls SQLite directly rather than through commands and readers:
/// a lookup makes no garbage (a command copies a row of 4 KiB), and every result code is seen.
/// </summary>
internal sealed class SqliteConnection : IDisposable
{
    private const int OpenExtendedResultCodes = 0x02000000;

    /// <summary>Longer than any transaction takes, and short enough that a process that hangs is noticed.</summary>
    private const int BusyTimeoutMilliseconds = 120_000;

    private readonly sqlite3 _handle;
    private readonly List<SqliteStatement> _statements = [];

    static SqliteConnection() => Batteries_V2.Init();

    /// <summary>Opens a file that exists.</summary>
    /// <exception cref="CatalogueException">It cannot be opened.</exception>
    public SqliteConnection(string path, int cacheKibibytes, bool readOnly)
    {
        Path = path;
        int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX | OpenExtendedResultCodes;
        int code = raw.sqlite3_open_v2(path, out _handle, flags, null);
        try
        {
            Check(code);
            Check(raw.sqlite3_busy_timeout(_handle, BusyTimeoutMilliseconds));

            // NORMAL: after a power failure the last transactions may be missing, but never a part of one, and nothing waits
            // for the disk at a commit. OFF could leave pages of different ages: wrong answers, not only lost ones.
            // No mmap: mapped pages count as the process's memory, and a file cut short by others would raise SIGBUS.
            Execute($"""
                PRAGMA synchronous = NORMAL;
                PRAGMA mmap_size = 0;
                PRAGMA cache_size = -{cacheKibibytes};
                PRAGMA temp_store = MEMORY;
                PRAGMA cell_size_check = ON;
                PRAGMA trusted_schema = OFF;
                PRAGMA query_only = {(readOnly ? 1 : 0)};
                """);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>Whether the file, or a mark within it, forbids to write.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(_handle, "main") != 0;

    /// <summary>Runs statements that give no rows, or whose rows do not matter.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>Compiles a statement, which lives as long as the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt statement));
        var prepared = new SqliteStatement(this, statement);
        _statements.Add(prepared);
        return prepared;
    }

    /// <summary>The first column of the first row.</summary>
    public long QueryInt64(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out sqlite3_stmt handle));
        using var statement = new SqliteStatement(this, handle);
        return statement.Step() ? statement.Int64(0) : throw Damaged("a row is missing");
    }

    /// <summary>Runs the work in one transaction, which fails as a whole; <c>BEGIN IMMEDIATE</c> lets it write.</summary>
    public void Transact(string begin, Action work)
    {
        Execute(begin);
        try
        {
            work();
            Execute("COMMIT");
        }
        finally
        {
            // Some errors end the transaction themselves, others leave that to us.
            if (raw.sqlite3_get_autocommit(_handle) == 0)
            {
                _statements.ForEach(statement => statement.Reset());
                raw.sqlite3_exec(_handle, "ROLLBACK");
            }
        }
    }

    public CatalogueDamagedException Damaged(string reason) => new(Path, $"the catalogue is damaged ({reason})");

    /// <summary>The last error in SQLite's words.</summary>
    public string LastError => raw.sqlite3_errmsg(_handle).utf8_to_string();

    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw SqliteErrors.Create(Path, code, LastError);
        }
    }

    public void ReleaseMemory() => Execute("PRAGMA shrink_memory");

    public void Dispose()
    {
        _statements.ForEach(statement => statement.Dispose());
        _handle.Dispose();
    }
}
