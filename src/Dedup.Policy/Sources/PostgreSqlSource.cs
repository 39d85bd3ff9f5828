using System.Text;
using Dedup.Sources;

namespace Dedup.Policy.Sources;

/// <summary>
/// A PostgreSQL database as <c>pg_dump</c> writes it, or a whole cluster as <c>pg_basebackup</c> does: read while they run, with nothing put on a disk in
/// between. When a program fails, whatever it wrote until then, there is no snapshot.
/// </summary>
public sealed class PostgreSqlSource : IApplicationSource
{
    /// <summary>The dump's name in its folder of the snapshot.</summary>
    internal const string DumpName = "database.dump";

    /// <summary>The name of the roles beside it.</summary>
    internal const string RolesName = "roles.sql";

    /// <summary>The name of a cluster's files.</summary>
    internal const string ClusterName = "base.tar";

    private readonly OverlaidSource _source;

    /// <summary>Creates the source; the programs start when the backup reads it.</summary>
    /// <param name="options">The database.</param>
    /// <param name="time">The clock that the files' times come from.</param>
    /// <param name="cancellationToken">Ends the programs.</param>
    /// <exception cref="SourceFailedException">The connection is empty or holds a password.</exception>
    public PostgreSqlSource(PostgreSqlSourceOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        PostgreSqlConnection.RequireWithoutPassword(options.Connection);
        Kind = options.IsWholeCluster ? SourceKind.PostgreSqlCluster : SourceKind.PostgreSqlDump;
        string folder = options.SnapshotFolder ?? DefaultFolder(options);
        AddedFile[] files = options.IsWholeCluster
            ? [new AddedFile($"{folder}/{ClusterName}", () => new CommandStream(BaseBackup(options), cancellationToken))]
            : options.IncludesRoles
                ? [
                    new AddedFile($"{folder}/{DumpName}", () => new CommandStream(Dump(options), cancellationToken)),
                    new AddedFile($"{folder}/{RolesName}", () => new CommandStream(DumpRoles(options), cancellationToken)),
                ]
                : [new AddedFile($"{folder}/{DumpName}", () => new CommandStream(Dump(options), cancellationToken))];
        _source = new OverlaidSource([folder], null, files, time, cancellationToken);
    }

    /// <inheritdoc/>
    public SourceKind Kind { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Paths => _source.Paths;

    /// <inheritdoc/>
    public ISourceDirectory OpenRoot() => _source.OpenRoot();

    // Not compressed: what is compressed does not deduplicate, and what is stored is compressed anyway.
    private static CommandLine Dump(PostgreSqlSourceOptions options) =>
        Command(options, "pg_dump", "--format=custom", "--compress=0", "--no-password", $"--dbname={options.Connection}");

    private static CommandLine DumpRoles(PostgreSqlSourceOptions options)
    {
        // It connects to any database to read what belongs to none; of a connection string it does not take the name.
        string? database = PostgreSqlConnection.DatabaseOf(options.Connection);
        bool isName = database == options.Connection;
        return Command(options, "pg_dumpall",
        [
            "--globals-only", "--no-role-passwords", "--no-tablespaces", "--no-password",
            .. isName ? (string[])[] : [$"--dbname={options.Connection}"],
            .. database is null ? (string[])[] : [$"--database={database}"],
        ]);
    }

    // The log that was written meanwhile comes last, within the same archive: without it the files fit no moment.
    private static CommandLine BaseBackup(PostgreSqlSourceOptions options) => Command(
        options, "pg_basebackup", "--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast", "--label=dedup", "--no-password",
        $"--dbname={(PostgreSqlConnection.DatabaseOf(options.Connection) == options.Connection ? $"dbname='{options.Connection.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'" : options.Connection)}");

    private static CommandLine Command(PostgreSqlSourceOptions options, string program, params string[] arguments)
    {
        Dictionary<string, string?> environment = new() { ["LC_MESSAGES"] = "C" };
        if (options.PasswordFile is { } file)
        {
            environment["PGPASSFILE"] = Path.GetFullPath(file);
        }

        return new CommandLine(options.Programs is { } programs ? Path.Combine(programs, program) : program, arguments)
        {
            Environment = environment,
            ExplainsFailure = true,
        };
    }

    private static string DefaultFolder(PostgreSqlSourceOptions options)
    {
        string name = options.IsWholeCluster ? "cluster" : PostgreSqlConnection.DatabaseOf(options.Connection) ?? "default";
        StringBuilder safe = new();
        foreach (char character in name)
        {
            safe.Append(character is '/' or '\0' ? '_' : character);
        }

        return $"/postgresql/{(safe.ToString() is "." or ".." ? "_" : safe)}";
    }
}
