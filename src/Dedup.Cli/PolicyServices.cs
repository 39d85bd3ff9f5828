using System.Globalization;
using Dedup.Filtering;
using Dedup.Policy.Documents;
using Dedup.Policy.Running;
using Dedup.Policy.Sources;
using Dedup.Sources;

namespace Dedup.Cli;

/// <summary>What carries out a policy: stores and sources as the commands open them.</summary>
internal static class PolicyServices
{
    /// <param name="context">The command.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="client">Sends messages to addresses of the web.</param>
    /// <param name="stepEnded">Is told of each step.</param>
    public static RunnerServices Of(CommandContext context, BackupPolicy policy, HttpClient client, Action<RunStep> stepEnded) => new()
    {
        OpenStore = (place, access, cancellationToken) => AsStepAsync(() => RepositoryAccess.OpenStoreAsync(context, place, cancellationToken, access)),
        OpenReplica = (place, access, cancellationToken) => AsStepAsync(async () =>
            (await RepositoryAccess.OpenReplicaAsync(context, place, mayMakeFolder: true, cancellationToken, access))!),
        OpenSource = (source, cache, cancellationToken) => OpenSource(policy, source, cache, cancellationToken),
        OpenRepository = (store, repository, options, cancellationToken) => AsStepAsync(() => RepositoryAccess.NamingAsync(
            store, () => Repository.OpenAsync(store, SecretValues.ReadKey(repository.Password), StoreStack.Adapt(options, store), cancellationToken))),
        RepositoryOptions = RepositoryAccess.Options(context),
        HttpClient = client,
        StepEnded = stepEnded,
    };

    private static IBackupSource OpenSource(BackupPolicy policy, SourcePolicy source, string cache, CancellationToken cancellationToken) => source.Content switch
    {
        PathContent paths => new FileSystemSource(paths.Include, new FileSystemSourceOptions
        {
            Excludes = new PathPatterns([.. paths.Exclude.Select(static pattern => PathPattern.Parse(pattern)), PathPattern.ForPath(new FileSystemSource([cache]).Paths[0])]),
            Markers = [.. paths.ExcludeCaches ? [DirectoryMarker.CacheTag] : (DirectoryMarker[])[], .. paths.ExcludeIfPresent.Select(DirectoryMarker.Parse)],
            LargestFile = paths.ExcludeLargerThan,
            OneFileSystem = paths.OneFileSystem,
            CancellationToken = cancellationToken,
        }),
        CommandContent command => OpenCommand(policy, command, cancellationToken),
        DiskImageContent image => new FileSystemSource([image.Device], new FileSystemSourceOptions { ReadSpecial = true, CancellationToken = cancellationToken }),
        SqliteContent database => new SqliteSource(new SqliteSourceOptions { Path = database.File }, TimeProvider.System, cancellationToken),
        GitContent git => new GitSource(new GitSourceOptions { Path = git.Repository }, TimeProvider.System, cancellationToken),
        PostgreSqlContent database => new PostgreSqlSource(
            new PostgreSqlSourceOptions
            {
                Connection = ConnectionOf(database),
                IsWholeCluster = database.Method == PostgreSqlMethod.BaseBackup,
                PasswordFile = database.PasswordFile,
                Programs = database.ToolDirectory,
            },
            TimeProvider.System,
            cancellationToken),
        { } other => throw new StepFailedException($"the source '{source.Name}' is of the kind {other.Kind}, which this version of the program cannot back up"),
    };

    private static OverlaidSource OpenCommand(BackupPolicy policy, CommandContent content, CancellationToken cancellationToken)
    {
        CommandLine command = new(content.Command.Words[0], [.. content.Command.Words.Skip(1)])
        {
            Environment = new Dictionary<string, string?>(SecretVariables.Withheld(policy, content.Variables)),
        };
        return new OverlaidSource([new AddedFile(content.FileName, () => new CommandStream(command, cancellationToken))], TimeProvider.System, cancellationToken);
    }

    /// <summary>What PostgreSQL's tools understand: https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING.</summary>
    private static string ConnectionOf(PostgreSqlContent database)
    {
        (string Name, string? Value)[] parts = [("host", database.Server), ("port", database.Port?.ToString(CultureInfo.InvariantCulture)), ("user", database.User), ("dbname", database.Database)];
        return string.Join(' ', parts.Where(static part => part.Value is not null).Select(static part =>
            $"{part.Name}='{part.Value!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'"));
    }

    // What would end another command ends a step of a run.
    private static async Task<T> AsStepAsync<T>(Func<Task<T>> open)
    {
        try
        {
            return await open();
        }
        catch (CliException exception)
        {
            throw new StepFailedException(exception.Message, exception);
        }
    }
}
