using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Dedup.Policy.Drills;

/// <summary>Checks restored SQLite databases: their pages and indexes, and that no reference leads nowhere.</summary>
internal static class SqliteDrill
{
    private const int MaxMessages = 20;

    /// <summary>Checks every database that the snapshot is of.</summary>
    public static async Task RunAsync(DrillRun run, CancellationToken cancellationToken)
    {
        foreach (string path in run.Snapshot!.Paths)
        {
            await run.DoAsync(DrillPhaseKind.Check, path, () => Task.Run(() => Check(run, path, cancellationToken), cancellationToken)).ConfigureAwait(false);
        }
    }

    private static void Check(DrillRun run, string path, CancellationToken cancellationToken)
    {
        try
        {
            using SqliteConnection connection = new(new SqliteConnectionStringBuilder
            {
                DataSource = run.Restored + path,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
            }.ToString());
            connection.Open();
            foreach (string message in Ask(connection, $"PRAGMA integrity_check({MaxMessages})").Where(static message => message != "ok"))
            {
                run.Add(DrillPhaseKind.Check, path, $"integrity_check: {message}");
            }

            cancellationToken.ThrowIfCancellationRequested();
            foreach (string row in Ask(connection, "PRAGMA foreign_key_check").Take(MaxMessages))
            {
                run.Add(DrillPhaseKind.Check, path, $"foreign_key_check: a row refers to none (table|row|referred table|key): {row}");
            }

            string tables = Ask(connection, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'").First();
            run.Notes.Add($"{path}: {tables} tables; integrity_check and foreign_key_check ran");
        }
        catch (SqliteException exception)
        {
            run.Add(DrillPhaseKind.Check, path, exception.Message);
        }
    }

    private static List<string> Ask(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return rows;
    }
}
