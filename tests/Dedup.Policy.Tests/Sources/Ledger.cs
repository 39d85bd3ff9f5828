using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Dedup.Policy.Tests.Sources;

/// <summary>A SQLite database of accounts and of the entries that explain their balances: consistent, the balances sum up to nothing, and so do the entries of each account.</summary>
internal static class Ledger
{
    public const int Accounts = 1000;

    /// <summary>Makes one.</summary>
    /// <param name="path">Where.</param>
    /// <param name="journal">Its journal mode, such as <c>wal</c>.</param>
    public static void Make(string path, string journal) => Execute(path, $"""
        PRAGMA journal_mode = {journal};
        CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL, owner TEXT NOT NULL);
        CREATE INDEX account_owner ON account (owner);
        CREATE TABLE entry (id INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES account (id), amount INTEGER NOT NULL);
        CREATE INDEX entry_account ON entry (account);
        WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {Accounts})
        INSERT INTO account SELECT n, 0, printf('owner %08d %s', n, hex(zeroblob(400))) FROM number;
        """);

    /// <summary>Whether all balances are what the entries explain, and in sum nothing.</summary>
    public static bool IsBalanced(string path) => Ask(path, """
        SELECT (SELECT sum(balance) FROM account) = 0
           AND NOT EXISTS (SELECT 1 FROM account a WHERE a.balance <> (SELECT coalesce(sum(amount), 0) FROM entry e WHERE e.account = a.id))
        """) == 1;

    public static long Ask(string path, string sql)
    {
        using SqliteConnection connection = Open(path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public static void Execute(string path, string sql)
    {
        using SqliteConnection connection = Open(path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Starts a process that moves money until its input is closed.</summary>
    public static Process StartTransfers(string path, int seed)
    {
        Process process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Dedup.TestHost.dll"), "transfers", path, seed.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        return process;
    }

    /// <summary>Ends it.</summary>
    public static void Stop(Process transfers)
    {
        transfers.StandardInput.Close();
        transfers.WaitForExit();
        Assert.Equal(0, transfers.ExitCode);
        transfers.Dispose();
    }

    private static SqliteConnection Open(string path)
    {
        SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }
}
