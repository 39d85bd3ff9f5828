using System.Runtime.CompilerServices;
using Dedup.Storage;
using Microsoft.Data.Sqlite;

namespace OwnStore;

/// <summary>Keeps objects as rows of a table: one file, as easy to copy as a document.</summary>
public sealed class SqliteStore : IObjectStore
{
    private readonly string _connection;

    public SqliteStore(string path)
    {
        _connection = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 60 }.ToString();
        Location = path;

        // Readers and the writer do not wait for each other.
        Execute("PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS objects (folder TEXT, name TEXT PRIMARY KEY, content BLOB NOT NULL)");
    }

    public string Location { get; }

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // The primary key decides between several writers: one inserts a row, and the others change nothing.
        return new(1 == Execute(
            "INSERT INTO objects VALUES ($folder, $name, $content) ON CONFLICT DO NOTHING",
            ("$folder", name.Folder), ("$name", name.Value), ("$content", content.ToArray())));
    }

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(new SqliteUpload(this));
    }

    public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        cancellationToken.ThrowIfCancellationRequested();
        return new(Query(
            "SELECT length(content), substr(content, $start, $count) FROM objects WHERE name = $name",
            reader =>
            {
                if (!reader.Read())
                {
                    throw new ObjectNotFoundException(name, Location);
                }

                int count = (int)Math.Clamp(reader.GetInt64(0) - offset, 0, destination.Length);
                if (count > 0)
                {
                    reader.GetFieldValue<byte[]>(1).AsSpan(0, count).CopyTo(destination.Span);
                }

                return count;
            },
            ("$name", name.Value), ("$start", Math.Min(offset, int.MaxValue) + 1), ("$count", destination.Length)));
    }

    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken)
    {
        ObjectName.ThrowIfNotFolder(folder);
        return EnumerateAsync(folder, cancellationToken);
    }

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Query(
            "SELECT length(content) FROM objects WHERE name = $name", reader => reader.Read() ? new ObjectInfo(name, reader.GetInt64(0)) : (ObjectInfo?)null, ("$name", name.Value)));
    }

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Execute("DELETE FROM objects WHERE name = $name", ("$name", name.Value)) == 1);
    }

    public ValueTask DisposeAsync()
    {
        using SqliteConnection pool = new(_connection);
        SqliteConnection.ClearPool(pool);
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<ObjectInfo> EnumerateAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        foreach (ObjectInfo info in Query(
            "SELECT name, length(content) FROM objects WHERE folder = $folder",
            reader =>
            {
                List<ObjectInfo> found = [];
                while (reader.Read())
                {
                    found.Add(new ObjectInfo(ObjectName.Parse(reader.GetString(0)), reader.GetInt64(1)));
                }

                return found;
            },
            ("$folder", folder)))
        {
            yield return info;
        }
    }

    private int Execute(string sql, params (string Name, object Value)[] parameters) => Use(sql, static command => command.ExecuteNonQuery(), parameters);

    private T Query<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object Value)[] parameters) => Use(
        sql,
        command =>
        {
            using SqliteDataReader reader = command.ExecuteReader();
            return read(reader);
        },
        parameters);

    private T Use<T>(string sql, Func<SqliteCommand, T> run, (string Name, object Value)[] parameters)
    {
        try
        {
            using SqliteConnection connection = new(_connection);
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();

            // What is committed is on the disk. By itself, since the count of changed rows is that of all statements of a command.
            command.CommandText = "PRAGMA synchronous = FULL";
            command.ExecuteNonQuery();
            command.CommandText = sql;
            foreach ((string name, object value) in parameters)
            {
                command.Parameters.AddWithValue(name, value);
            }

            return run(command);
        }
        catch (SqliteException exception)
        {
            // The engine knows what to do with a store that fails, and tries again what is only busy.
            bool isBusy = exception.SqliteErrorCode is 5 or 6;
            throw new StoreException($"{Location}: {exception.Message}", isBusy, exception);
        }
    }
}
