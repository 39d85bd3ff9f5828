using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Dedup.TestHost;

/// <summary>Moves money between accounts of a SQLite database, each move in both of its tables, until standard input ends. The sums never change.</summary>
internal static class SqliteTransfers
{
    private const int MovesATransaction = 50;

    /// <param name="arguments">The database, and the seed of what moves.</param>
    public static int Run(string[] arguments)
    {
        Random random = new(int.Parse(arguments[1], CultureInfo.InvariantCulture));
        using SqliteConnection connection = new($"Data Source={arguments[0]};Pooling=False;Default Timeout=60");
        connection.Open();
        Task<int> stop = Task.Run(Console.In.Read);
        for (int i = 0; !stop.IsCompleted; i++)
        {
            using (SqliteTransaction transaction = connection.BeginTransaction())
            {
                for (int move = 0; move < MovesATransaction; move++)
                {
                    Move(connection, transaction, random);
                }

                transaction.Commit();
            }

            if (i == 0)
            {
                Console.WriteLine("ready");
            }
        }

        return 0;
    }

    private static void Move(SqliteConnection connection, SqliteTransaction transaction, Random random)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            UPDATE account SET balance = balance - $amount WHERE id = $from;
            UPDATE account SET balance = balance + $amount WHERE id = $to;
            INSERT INTO entry (account, amount) VALUES ($from, -$amount), ($to, $amount);
            """;
        command.Parameters.AddWithValue("$amount", random.Next(1, 100));
        command.Parameters.AddWithValue("$from", random.Next(1, 1000));
        command.Parameters.AddWithValue("$to", random.Next(1, 1000));
        command.ExecuteNonQuery();
    }
}
