using Dedup.Cli.Output;
using Dedup.Storage;

namespace Dedup.Cli;

/// <summary>Opens stores and repositories as the global settings say.</summary>
internal static class RepositoryAccess
{
    private const string S3Prefix = "s3:";

    /// <summary>The folder of the repository, absolute.</summary>
    /// <exception cref="CliException">None is named, or it is of a kind that this version does not know.</exception>
    public static string Location(GlobalSettings settings)
    {
        string location = settings.Repository is { Length: > 0 } given
            ? given
            : throw CliException.Usage("no repository is named: give --repo PATH or set DEDUP_REPOSITORY");
        return Resolve(location, "--repo");
    }

    /// <summary>The place that an option names, absolute.</summary>
    /// <exception cref="CliException">It is empty, or of a kind that this version does not know.</exception>
    public static string Resolve(string location, string option) =>
        location.Length == 0 ? throw CliException.Usage($"{option} is empty: name a folder")
        : location.StartsWith(S3Prefix, StringComparison.Ordinal)
            ? throw CliException.Usage($"{location}: this version keeps repositories in folders only, not in S3: give {option} a path")
            : Path.GetFullPath(location);

    /// <summary>Opens the store that a repository is mirrored into.</summary>
    /// <param name="location">The folder.</param>
    /// <param name="mayMakeFolder">Whether to make it when it is missing.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns><see langword="null"/> when it is missing and may not be made.</returns>
    /// <exception cref="CliException">The folder holds something else.</exception>
    public static async Task<IObjectStore?> OpenReplicaAsync(string location, bool mayMakeFolder, CancellationToken cancellationToken)
    {
        if (await FindStoreAsync(location, cancellationToken) is { } store)
        {
            return store;
        }

        // What is no object's name the store itself passes over.
        string? foreign = Directory.Exists(location) ? Directory.EnumerateFileSystemEntries(location).Select(Path.GetFileName).FirstOrDefault(name => name is not ("keys" or "tmp")) : null;
        return foreign is not null
            ? throw CliException.Failure($"{location}: holds {foreign} and is no repository; choose an empty place for the replica")
            : mayMakeFolder || Directory.Exists(location) ? LocalStore.Create(location)
            : null;
    }

    /// <summary>Opens the store of a repository that is there.</summary>
    /// <exception cref="RepositoryNotFoundException">There is none.</exception>
    public static async Task<LocalStore> OpenStoreAsync(string location, CancellationToken cancellationToken)
    {
        LocalStore? store = await FindStoreAsync(location, cancellationToken);
        return store ?? throw new RepositoryNotFoundException(
            $"{location}: there is no repository here; make one with 'dedup init', or name another with --repo");
    }

    /// <summary>Opens the store of a repository.</summary>
    /// <returns>The store; <see langword="null"/> when there is no repository at that place.</returns>
    public static async Task<LocalStore?> FindStoreAsync(string location, CancellationToken cancellationToken)
    {
        if (!Path.Exists(location))
        {
            return null;
        }

        LocalStore store = new(location);
        if (await Repository.ExistsAsync(store, cancellationToken))
        {
            return store;
        }

        await store.DisposeAsync();
        return null;
    }

    /// <summary>Asks for the password and opens the repository.</summary>
    /// <exception cref="CliException">What lies there is damaged, no repository, or of a later version.</exception>
    public static async Task<Repository> OpenAsync(CommandContext context, IObjectStore store, CancellationToken cancellationToken, GlobalSettings? settings = null)
    {
        Credentials credentials = new PasswordSource(settings ?? context.Settings, context.Invocation.Interruption).Read(store.Location);
        try
        {
            return await Repository.OpenAsync(store, credentials, Options(context), cancellationToken);
        }
        catch (DedupException exception) when (exception is CorruptDataException or UnsupportedFormatException)
        {
            // These name the object; which repository it lies in is only known here.
            throw CliException.Failure($"{store.Location}: {exception.Message}", exception);
        }
    }

    /// <summary>Asks for a password, then makes the folder and a repository in it.</summary>
    public static async Task<(LocalStore Store, Repository Repository)> CreateAsync(
        CommandContext context, string location, CreateOptions options, CancellationToken cancellationToken)
    {
        Credentials credentials = new PasswordSource(context.Settings, context.Invocation.Interruption).ReadFirst(location);
        LocalStore store = LocalStore.Create(location);
        Repository? repository = null;
        try
        {
            CreateOptions labelled = options with { KeyLabel = DefaultKeyLabel };
            repository = await Repository.CreateAsync(store, credentials, labelled, Options(context), cancellationToken);
            return (store, repository);
        }
        finally
        {
            if (repository is null)
            {
                await store.DisposeAsync();
            }
        }
    }

    /// <summary>What a key slot is called unless the user says otherwise.</summary>
    public static string DefaultKeyLabel => $"{Environment.UserName}@{Environment.MachineName}";

    private static RepositoryOptions Options(CommandContext context) => new()
    {
        CacheDirectory = context.Settings.CacheDirectory,
        MaxConcurrency = context.Settings.Jobs ?? Environment.ProcessorCount,
        LoggerFactory = new StandardErrorLoggerFactory(context.Errors, context.Invocation.Verbosity),
    };
}
