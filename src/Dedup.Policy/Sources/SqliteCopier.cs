using System.Globalization;
using Dedup.Sources;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dedup.Policy.Sources;

/// <summary>Copies a database that others write, by SQLite's online backup interface.</summary>
internal sealed class SqliteCopier(string path, SqliteSourceOptions options)
{
    private const int AllPages = -1;

    /// <summary>How often writers made the copy begin again.</summary>
    public int Restarts { get; private set; }

    /// <summary>Is told after each step of how many pages are left; for tests, which write in between.</summary>
    internal Action<int>? Stepped { get; init; }

    /// <summary>Copies.</summary>
    /// <param name="copy">A file that is not there, in a private folder.</param>
    /// <param name="scratch">That folder.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <exception cref="SqliteException">The database cannot be read.</exception>
    /// <exception cref="SourceFailedException">There is too little room, or the database does not come to rest.</exception>
    public void CopyTo(string copy, ScratchFolder scratch, CancellationToken cancellationToken)
    {
        using SqliteConnection source = Open();
        bool hasLog = Ask(source, "PRAGMA journal_mode") == "wal";
        long length = long.Parse(Ask(source, "PRAGMA page_count"), CultureInfo.InvariantCulture) * long.Parse(Ask(source, "PRAGMA page_size"), CultureInfo.InvariantCulture);
        scratch.RequireRoom(length, "a copy of the database");
        using SqliteConnection target = new(ConnectionTo(copy, SqliteOpenMode.ReadWriteCreate));
        target.Open();

        // A copy that a crash leaves is thrown away: nothing has to be safe in it.
        Ask(target, "PRAGMA journal_mode = OFF");
        Ask(target, "PRAGMA synchronous = OFF");
        Copy(source, target, hasLog, cancellationToken);
    }

    private void Copy(SqliteConnection source, SqliteConnection target, bool hasLog, CancellationToken cancellationToken)
    {
        using sqlite3_backup backup = raw.sqlite3_backup_init(target.Handle, "main", source.Handle, "main");
        if (backup.IsInvalid)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(target.Handle), target.Handle);
        }

        // With a write-ahead log readers hinder no writer, and the log keeps the state that they see: one step, and nothing begins again.
        int pages = hasLog ? AllPages : options.PagesPerStep;
        int left = int.MaxValue;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int result = raw.sqlite3_backup_step(backup, pages);
            if (result == raw.SQLITE_DONE)
            {
                return;
            }

            // SQLite itself has waited, for as long as the options say.
            if (result is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
            {
                throw new SourceFailedException($"{path}: was held by a writer for {options.BusyTimeout.TotalSeconds:0} s; back it up when that is done");
            }

            if (result != raw.SQLITE_OK)
            {
                SqliteException.ThrowExceptionForRC(result, target.Handle);
            }

            int remaining = raw.sqlite3_backup_remaining(backup);
            if (remaining >= left && ++Restarts >= options.MaxRestarts)
            {
                pages = AllPages;
            }

            left = remaining;
            Stepped?.Invoke(left);
        }
    }

    // Read-only where that is possible, so that closing it as the last one does not write the log back. It is not where a crash left a journal to roll back.
    private SqliteConnection Open()
    {
        try
        {
            return Open(SqliteOpenMode.ReadOnly);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN)
        {
            return Open(SqliteOpenMode.ReadWrite);
        }
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        SqliteConnection connection = new(ConnectionTo(path, mode));
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, (int)options.BusyTimeout.TotalMilliseconds);
            Ask(connection, "PRAGMA schema_version");
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    private static string ConnectionTo(string file, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString();

    private static string Ask(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }
}
