using System.Text.RegularExpressions;
using Dedup.Sources;

namespace Dedup.Policy.Sources;

/// <summary>What can be said of a connection string without a connection.</summary>
internal static partial class PostgreSqlConnection
{
    /// <summary>Refuses passwords: everybody on the machine can read the arguments of the programs that get the string.</summary>
    /// <exception cref="SourceFailedException">There is one, or there is nothing.</exception>
    public static void RequireWithoutPassword(string connection)
    {
        if (string.IsNullOrWhiteSpace(connection))
        {
            throw new SourceFailedException("the PostgreSQL connection is empty: name a database, such as shop, or write 'host=db1 dbname=shop'");
        }

        if (PasswordWord().IsMatch(connection) || PasswordInAddress().IsMatch(connection))
        {
            throw new SourceFailedException("the PostgreSQL connection holds a password, which everybody on the machine could read: put it into a file and name that in PGPASSFILE");
        }
    }

    /// <summary>The database that is meant, for a path in the snapshot; <see langword="null"/> when the string does not say.</summary>
    public static string? DatabaseOf(string connection)
    {
        if (!connection.Contains('=', StringComparison.Ordinal) && !IsAddress(connection))
        {
            return connection;
        }

        string name = IsAddress(connection)
            ? Uri.UnescapeDataString(DatabaseInAddress().Match(connection).Groups[1].Value)
            : DatabaseWord().Match(connection) is { Success: true } word ? word.Groups[1].Success ? word.Groups[1].Value : word.Groups[2].Value : "";
        return name.Length > 0 ? name : null;
    }

    private static bool IsAddress(string connection) =>
        connection.StartsWith("postgresql://", StringComparison.Ordinal) || connection.StartsWith("postgres://", StringComparison.Ordinal);

    [GeneratedRegex(@"(^|[\s&?])(ssl)?password\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex PasswordWord();

    [GeneratedRegex(@"^postgres(ql)?://[^/@]*:[^/@]*@")]
    private static partial Regex PasswordInAddress();

    [GeneratedRegex(@"(?:^|\s)dbname\s*=\s*(?:'([^']*)'|([^\s']+))")]
    private static partial Regex DatabaseWord();

    [GeneratedRegex(@"^postgres(?:ql)?://[^/?]*/([^?]*)")]
    private static partial Regex DatabaseInAddress();
}
