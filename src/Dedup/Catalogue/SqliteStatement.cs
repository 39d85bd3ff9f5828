using SQLitePCL;

namespace Dedup.Catalogue;

/// <summary>A compiled statement. Parameters count from 1, columns from 0. <see cref="Reset"/> it after every use.</summary>
internal sealed class SqliteStatement(SqliteConnection connection, sqlite3_stmt handle) : IDisposable
{
    public SqliteStatement Bind(int parameter, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        connection.Check(raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Length];
        value.CopyTo(bytes);
        return Bind(parameter, bytes);
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Step()
    {
        int code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            DedupException failure = SqliteErrors.Create(connection.Path, code, connection.LastError);
            Reset();
            throw failure;
        }

        return false;
    }

    /// <summary>Runs a statement that gives no rows, and resets it.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>Bytes that live until the next step or reset; empty for NULL.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public Bytes32 Id(int column)
    {
        ReadOnlySpan<byte> bytes = Blob(column);
        return bytes.Length == Bytes32.Length ? new Bytes32(bytes) : throw connection.Damaged("an id has a wrong length");
    }

    /// <summary>Makes it ready for its next use and ends its hold on the database. An error was told by the step before.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    public void Dispose() => handle.Dispose();
}
