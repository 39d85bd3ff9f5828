using System.CommandLine;
using Dedup.Policy.Sources;
using Dedup.Sources;

namespace Dedup.Cli.Commands;

/// <summary>The options that back up what an application keeps changing: databases and Git repositories.</summary>
internal sealed class ApplicationSourceOptions
{
    private readonly Option<string?> _sqlite = new("--sqlite") { Description = "Back up this SQLite database consistently, also while it is written", HelpName = "FILE" };
    private readonly Option<string?> _postgreSql = new("--postgresql") { Description = "Back up this PostgreSQL database by pg_dump: its name, or a connection string without a password", HelpName = "DATABASE" };
    private readonly Option<string?> _cluster = new("--postgresql-cluster") { Description = "Back up a whole PostgreSQL cluster by pg_basebackup: a database of it to connect to, or a connection string", HelpName = "DATABASE" };
    private readonly Option<string?> _git = new("--git") { Description = "Back up this Git repository: all refs with their history, configuration and hooks", HelpName = "DIR" };

    public IReadOnlyList<Option> All => [_sqlite, _postgreSql, _cluster, _git];

    /// <summary>The names of the options, for messages.</summary>
    public string Names => string.Join(", ", All.Take(All.Count - 1).Select(static option => option.Name)) + " and " + All[^1].Name;

    public bool IsGiven(ParseResult arguments) => Given(arguments).Any();

    /// <summary>What is backed up.</summary>
    /// <exception cref="CliException">Several are given, or it cannot be.</exception>
    public IBackupSource Read(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (Given(arguments).Count() > 1)
        {
            throw CliException.Usage($"{Names} exclude each other: back up each by itself");
        }

        string value = arguments.GetValue((Option<string?>)Given(arguments).Single())!;
        if (value.Length == 0)
        {
            throw CliException.Usage($"{Given(arguments).Single().Name} is empty: say what is to be backed up");
        }

        try
        {
            return Open(arguments, value, cancellationToken);
        }
        catch (SourceFailedException exception)
        {
            throw CliException.Usage(exception.Message, exception);
        }
    }

    private IBackupSource Open(ParseResult arguments, string value, CancellationToken cancellationToken) =>
        arguments.GetValue(_sqlite) is not null ? new SqliteSource(new SqliteSourceOptions { Path = value }, TimeProvider.System, cancellationToken)
        : arguments.GetValue(_git) is not null ? new GitSource(new GitSourceOptions { Path = value }, TimeProvider.System, cancellationToken)
        : new PostgreSqlSource(
            new PostgreSqlSourceOptions { Connection = value, IsWholeCluster = arguments.GetValue(_cluster) is not null }, TimeProvider.System, cancellationToken);

    private IEnumerable<Option> Given(ParseResult arguments) => All.Where(option => arguments.GetResult(option) is { Implicit: false });
}
