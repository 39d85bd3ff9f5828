using Microsoft.Data.Sqlite;

namespace Dedup.Benchmarks;

/// <summary>Fills a table of SQLite with scattered keys and finds them again: what the catalogue scales with.</summary>
internal sealed class SqliteCalibration : Workload
{
    private const int KeyLength = 32;

    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly int _rows;

    /// <param name="rows">How many rows are written and found a run.</param>
    public SqliteCalibration(int rows)
    {
        _rows = rows;
        _connection.Open();
        Execute("CREATE TABLE pair (key BLOB PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID");
    }

    public override void Run()
    {
        Execute("DELETE FROM pair");
        using (SqliteTransaction transaction = _connection.BeginTransaction())
        {
            using SqliteCommand insert = Prepare("INSERT INTO pair VALUES ($key, $value)");
            SqliteParameter value = insert.Parameters.AddWithValue("$value", 0L);
            ForEach(insert, number =>
            {
                value.Value = (long)number;
                insert.ExecuteNonQuery();
            });
            transaction.Commit();
        }

        using SqliteCommand find = Prepare("SELECT value FROM pair WHERE key = $key");
        ForEach(find, number =>
        {
            if (find.ExecuteScalar() is not long found || found != number)
            {
                throw new InvalidOperationException("SQLite did not find what was written.");
            }
        });
    }

    protected override void Free() => _connection.Dispose();

    private SqliteCommand Prepare(string text)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = text;
        command.Parameters.AddWithValue("$key", Array.Empty<byte>());
        return command;
    }

    private void ForEach(SqliteCommand command, Action<int> act)
    {
        byte[] key = new byte[KeyLength];
        for (int i = 0; i < _rows; i++)
        {
            BitConverter.TryWriteBytes(key, SplitMix64.At(seed: 40, (ulong)i));
            command.Parameters["$key"].Value = key;
            act(i);
        }
    }

    private void Execute(string text)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
