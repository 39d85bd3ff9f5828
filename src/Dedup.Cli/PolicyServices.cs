using Dedup.Filtering;
using Dedup.Policy.Documents;
using Dedup.Policy.Running;
using Dedup.Sources;

namespace Dedup.Cli;

/// <summary>What carries out a policy: stores and sources as the commands open them.</summary>
internal static class PolicyServices
{
    /// <param name="context">The command.</param>
    /// <param name="client">Sends messages to addresses of the web.</param>
    /// <param name="stepEnded">Is told of each step.</param>
    public static RunnerServices Of(CommandContext context, HttpClient client, Action<RunStep> stepEnded) => new()
    {
        OpenStore = (place, access, cancellationToken) => AsStepAsync(() => RepositoryAccess.OpenStoreAsync(context, place, cancellationToken, access)),
        OpenReplica = (place, access, cancellationToken) => AsStepAsync(async () =>
            (await RepositoryAccess.OpenReplicaAsync(context, place, mayMakeFolder: true, cancellationToken, access))!),
        OpenSource = OpenSource,
        OpenRepository = (store, repository, options, cancellationToken) => AsStepAsync(() => RepositoryAccess.NamingAsync(
            store, () => Repository.OpenAsync(store, SecretValues.ReadKey(repository.Password), StoreStack.Adapt(options, store), cancellationToken))),
        RepositoryOptions = RepositoryAccess.Options(context),
        HttpClient = client,
        StepEnded = stepEnded,
    };

    private static IBackupSource OpenSource(SourcePolicy source, string cache, CancellationToken cancellationToken) => source.Content switch
    {
        PathContent paths => new FileSystemSource(paths.Include, new FileSystemSourceOptions
        {
            Excludes = new PathPatterns([.. paths.Exclude.Select(static pattern => PathPattern.Parse(pattern)), PathPattern.ForPath(new FileSystemSource([cache]).Paths[0])]),
            Markers = [.. paths.ExcludeCaches ? [DirectoryMarker.CacheTag] : (DirectoryMarker[])[], .. paths.ExcludeIfPresent.Select(DirectoryMarker.Parse)],
            LargestFile = paths.ExcludeLargerThan,
            OneFileSystem = paths.OneFileSystem,
            CancellationToken = cancellationToken,
        }),
        CommandContent command => new CommandSource(command.FileName, command.Command.Words[0], command.Command.Words.Skip(1), TimeProvider.System, cancellationToken),
        DiskImageContent image => new FileSystemSource([image.Device], new FileSystemSourceOptions { ReadSpecial = true, CancellationToken = cancellationToken }),
        { } other => throw new StepFailedException($"the source '{source.Name}' is of the kind {other.Kind}, which this version of the program cannot back up"),
    };

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
