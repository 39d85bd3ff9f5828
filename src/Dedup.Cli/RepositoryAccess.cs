using Dedup.Cli.Output;
using Dedup.Policy.Documents;
using Dedup.Storage;

namespace Dedup.Cli;

/// <summary>Opens stores and repositories as the global settings say.</summary>
internal static class RepositoryAccess
{
    /// <summary>Where the repository lies: the absolute path of a folder, or a location in S3.</summary>
    /// <exception cref="CliException">None is named.</exception>
    public static string Location(GlobalSettings settings) => settings.Repository is { Length: > 0 } given
        ? Location(given)
        : throw CliException.Usage("no repository is named: give --repo PLACE or set DEDUP_REPOSITORY");

    /// <summary>Where something lies that is named as repositories are.</summary>
    public static string Location(string name) => S3Settings.IsMeant(name) ? name : Path.GetFullPath(name);

    /// <summary>The place that an option names.</summary>
    /// <exception cref="CliException">It is empty.</exception>
    public static string Resolve(string name, string option) =>
        name.Length == 0 ? throw CliException.Usage($"{option} is empty: name a folder, or a place in S3") : Location(name);

    /// <summary>Opens the store that a repository is mirrored into.</summary>
    /// <param name="context">The command.</param>
    /// <param name="location">A folder, or a place in S3.</param>
    /// <param name="mayMakeFolder">Whether to make a folder that is missing.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <param name="access">Who asks a store in S3, where a policy says so.</param>
    /// <returns><see langword="null"/> when it is missing and may not be made.</returns>
    /// <exception cref="CliException">The folder holds something else.</exception>
    public static async Task<IObjectStore?> OpenReplicaAsync(
        CommandContext context, string location, bool mayMakeFolder, CancellationToken cancellationToken, S3Access? access = null)
    {
        if (await FindStoreAsync(context, location, cancellationToken, access) is { } store)
        {
            return store;
        }

        if (S3Settings.IsMeant(location))
        {
            return Wrap(context, location, S3Settings.Open(location, access));
        }

        // What is no object's name the store itself passes over.
        string? foreign = Directory.Exists(location) ? Directory.EnumerateFileSystemEntries(location).Select(Path.GetFileName).FirstOrDefault(name => name is not ("keys" or "tmp")) : null;
        return foreign is not null
            ? throw CliException.Failure($"{location}: holds {foreign} and is no repository; choose an empty place for the replica")
            : mayMakeFolder || Directory.Exists(location) ? Wrap(context, location, LocalStore.Create(location))
            : null;
    }

    /// <summary>Opens the store of a repository that is there.</summary>
    /// <exception cref="RepositoryNotFoundException">There is none.</exception>
    public static async Task<IObjectStore> OpenStoreAsync(
        CommandContext context, string location, CancellationToken cancellationToken, S3Access? access = null)
    {
        IObjectStore? store = await FindStoreAsync(context, location, cancellationToken, access);
        return store ?? throw new RepositoryNotFoundException(
            await FindRemainsAsync(context, location, access, cancellationToken) is { } name
                ? $"{location}: holds {name} but no config, without which nothing can be read; put the file 'config' back from a copy of this repository"
                : $"{location}: there is no repository here; make one with 'dedup init', or name another with --repo");
    }

    // What only a repository leaves: whoever lost its config must not be told to make another in its place.
    private static async Task<ObjectName?> FindRemainsAsync(CommandContext context, string location, S3Access? access, CancellationToken cancellationToken)
    {
        if (!S3Settings.IsMeant(location) && !Directory.Exists(location))
        {
            return null;
        }

        await using IObjectStore store = Wrap(context, location, S3Settings.IsMeant(location) ? S3Settings.Open(location, access) : new LocalStore(location));
        foreach (string folder in (string[])["packs", "snapshots"])
        {
            await foreach (ObjectInfo info in store.ListAsync(folder, cancellationToken))
            {
                return info.Name;
            }
        }

        return null;
    }

    /// <summary>Opens the store of a repository.</summary>
    /// <returns>The store; <see langword="null"/> when there is no repository at that place.</returns>
    public static async Task<IObjectStore?> FindStoreAsync(
        CommandContext context, string location, CancellationToken cancellationToken, S3Access? access = null)
    {
        if (!S3Settings.IsMeant(location) && !Path.Exists(location))
        {
            return null;
        }

        IObjectStore store = Wrap(context, location, S3Settings.IsMeant(location) ? S3Settings.Open(location, access) : new LocalStore(location));
        bool isThere = false;
        try
        {
            isThere = await Repository.ExistsAsync(store, cancellationToken);
            return isThere ? store : null;
        }
        finally
        {
            if (!isThere)
            {
                await store.DisposeAsync();
            }
        }
    }

    /// <summary>Asks for the password and opens the repository.</summary>
    /// <exception cref="CliException">What lies there is damaged, no repository, or of a later version.</exception>
    public static async Task<Repository> OpenAsync(CommandContext context, IObjectStore store, CancellationToken cancellationToken, GlobalSettings? settings = null)
    {
        Credentials credentials = new PasswordSource(settings ?? context.Settings, context.Invocation).Read(store.Location);
        return await NamingAsync(store, () => Repository.OpenAsync(store, credentials, Options(context, store), cancellationToken));
    }

    /// <summary>Opens the repository with a catalogue of its own.</summary>
    /// <param name="context">The command.</param>
    /// <param name="store">Where it lies.</param>
    /// <param name="credentials">What opens it.</param>
    /// <param name="cacheDirectory">The folder of the catalogue.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="CliException">What lies there is damaged, no repository, or of a later version.</exception>
    public static Task<Repository> OpenAsync(CommandContext context, IObjectStore store, Credentials credentials, string cacheDirectory, CancellationToken cancellationToken) =>
        NamingAsync(store, () => Repository.OpenAsync(store, credentials, Options(context, store) with { CacheDirectory = cacheDirectory }, cancellationToken));

    /// <summary>Opens a repository, or its keys, and says which one it is that cannot be opened.</summary>
    /// <exception cref="CliException">It is damaged, or of a later version.</exception>
    public static async Task<T> NamingAsync<T>(IObjectStore store, Func<Task<T>> open)
    {
        try
        {
            return await open();
        }
        catch (DedupException exception) when (exception is CorruptDataException or UnsupportedFormatException)
        {
            // These name the object; which repository it lies in is only known here.
            throw CliException.Failure($"{store.Location}: {exception.Message}", exception);
        }
    }

    /// <summary>Asks for a password, then makes the folder, where it is one, and a repository in it. A bucket must be there.</summary>
    public static async Task<(IObjectStore Store, Repository Repository)> CreateAsync(
        CommandContext context, string location, CreateOptions options, CancellationToken cancellationToken)
    {
        Credentials credentials = new PasswordSource(context.Settings, context.Invocation).ReadFirst(location);
        IObjectStore store = Wrap(context, location, S3Settings.IsMeant(location) ? S3Settings.Open(location) : LocalStore.Create(location));
        Repository? repository = null;
        try
        {
            CreateOptions labelled = options with { KeyLabel = DefaultKeyLabel };
            repository = await Repository.CreateAsync(store, credentials, labelled, Options(context, store), cancellationToken);
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

    /// <summary>Refuses to write into a repository what is none of it.</summary>
    /// <param name="location">Where the repository lies.</param>
    /// <param name="path">What would be written, there or not.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="CliException">It is the repository's folder, or lies in it.</exception>
    public static void RequireOutside(string location, string path, string option)
    {
        if (!S3Settings.IsMeant(location) && (WithoutLinks(path) + "/").StartsWith(WithoutLinks(location) + "/", StringComparison.Ordinal))
        {
            throw CliException.Usage($"{option} {path}: lies in the repository {location}; name a place outside of it");
        }
    }

    private static string WithoutLinks(string path)
    {
        string whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.Exists(whole) && File.ResolveLinkTarget(whole, returnFinalTarget: true) is { } target ? WithoutLinks(target.FullName)
            : Path.GetDirectoryName(whole) is { } parent ? Path.Combine(WithoutLinks(parent), Path.GetFileName(whole))
            : whole;
    }

    /// <summary>What a key slot is called unless the user says otherwise.</summary>
    public static string DefaultKeyLabel => $"{Environment.UserName}@{Environment.MachineName}";

    private static IObjectStore Wrap(CommandContext context, string location, IObjectStore store) =>
        StoreStack.Wrap(store, S3Settings.IsMeant(location), context);

    private static RepositoryOptions Options(CommandContext context, IObjectStore store) => StoreStack.Adapt(Options(context), store);

    /// <summary>How repositories are used, whatever store they lie in.</summary>
    public static RepositoryOptions Options(CommandContext context) => new()
    {
        CacheDirectory = context.Settings.CacheDirectory,
        MaxConcurrency = context.Settings.Jobs ?? Environment.ProcessorCount,
        LoggerFactory = new StandardErrorLoggerFactory(context.Errors, context.Invocation.Verbosity),
    };
}
