using Dedup.Catalogue;
using Dedup.Chunking;
using Dedup.Crypto;
using Dedup.Evidence;
using Dedup.Format;
using Dedup.Keys;
using Dedup.Sessions;
using Dedup.Storage;

namespace Dedup;

/// <content>Making repositories, and opening them.</content>
public sealed partial class Repository
{
    /// <summary>Makes a repository in an empty store and opens it.</summary>
    /// <exception cref="RepositoryExistsException">There is a repository already.</exception>
    /// <exception cref="UnsafeStoreException">The store does not keep what the safety of concurrent use rests on.</exception>
    /// <exception cref="ArgumentException">The average chunk length is not possible, or the key's label is too long.</exception>
    public static Task<Repository> CreateAsync(
        IObjectStore store, Credentials credentials, CreateOptions? options = null, RepositoryOptions? repositoryOptions = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(credentials);
        options ??= new();
        repositoryOptions ??= new();
        return CreateAsync(store, credentials, options, repositoryOptions, PasswordCost.Default, cancellationToken);
    }

    /// <summary>Opens the repository that a store holds, or makes one in a store that is empty: of several programs that do so at once one makes it and all open it.</summary>
    /// <remarks>
    /// For a program that may make its repository wherever it is told to. A store that was lost or is not mounted looks empty too: where backups must be there already,
    /// <see cref="OpenAsync(IObjectStore, Credentials, RepositoryOptions, CancellationToken)"/> tells, and this would begin anew.
    /// </remarks>
    /// <param name="store">The store.</param>
    /// <param name="credentials">What opens the repository, or is its first key.</param>
    /// <param name="options">How a new one is made; <see langword="null"/> for the defaults.</param>
    /// <param name="repositoryOptions">How this process uses it; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="RepositoryExistsException">There is what a repository left that has lost its config.</exception>
    /// <exception cref="WrongCredentialsException">There is a repository, and no key slot of it opens.</exception>
    /// <exception cref="UnsupportedFormatException">There is a repository that needs what this program does not know.</exception>
    /// <exception cref="UnsafeStoreException">The store does not keep what the safety of concurrent use rests on.</exception>
    /// <exception cref="CorruptDataException">Config or key slot are damaged.</exception>
    public static async Task<Repository> OpenOrCreateAsync(
        IObjectStore store, Credentials credentials, CreateOptions? options = null, RepositoryOptions? repositoryOptions = null, CancellationToken cancellationToken = default)
    {
        if (!await ExistsAsync(store, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                return await CreateAsync(store, credentials, options, repositoryOptions, cancellationToken).ConfigureAwait(false);
            }
            catch (RepositoryExistsException)
            {
                // Somebody else made it in the meantime, unless these are only the remains of one.
                if (!await ExistsAsync(store, cancellationToken).ConfigureAwait(false))
                {
                    throw;
                }
            }
        }

        return await OpenAsync(store, credentials, repositoryOptions, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the store holds a repository.</summary>
    public static async Task<bool> ExistsAsync(IObjectStore store, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return await store.InfoAsync(RepositoryObjects.Config, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>Opens a repository.</summary>
    /// <exception cref="RepositoryNotFoundException">The store holds none.</exception>
    /// <exception cref="WrongCredentialsException">No key slot opens.</exception>
    /// <exception cref="UnsupportedFormatException">The repository needs what this program does not know.</exception>
    /// <exception cref="CorruptDataException">Config or key slot are damaged.</exception>
    public static async Task<Repository> OpenAsync(
        IObjectStore store, Credentials credentials, RepositoryOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(credentials);
        options ??= new();
        byte[] content = await RepositoryConfigReader.ReadAsync(store, cancellationToken).ConfigureAwait(false);
        RepositoryConfig config = ConfigFormat.Read(content, RepositoryObjects.Config.Value);

        // The password costs a third of a second of one core; the catalogue, which needs no key, is opened on another meanwhile.
        CatalogueHolder catalogue = NewCatalogue(options, config);
        catalogue.BeginOpening();
        bool isOpen = false;
        try
        {
            (MasterKey master, Bytes32 slot) = await new KeyRing(store, config.Repository)
                .OpenAsync(credentials.Password, cancellationToken).ConfigureAwait(false);
            Repository repository = Open(store, options, content, config, master, slot, catalogue);
            isOpen = true;
            return repository;
        }
        finally
        {
            if (!isOpen)
            {
                catalogue.Dispose();
            }
        }
    }

    internal static async Task<Repository> CreateAsync(
        IObjectStore store, Credentials credentials, CreateOptions options, RepositoryOptions repositoryOptions, PasswordCost cost, CancellationToken cancellationToken)
    {
        RepositoryConfig config = RepositoryConfigReader.New(
            options.CutAs?._config.Chunks ?? ChunkerParameters.FromAverage(options.AverageChunkLength), options.Compression,
            UnixTime.FromDateTimeOffset(repositoryOptions.TimeProvider.GetUtcNow()));
        await RepositoryConfigReader.RequireEmptyAsync(store, cancellationToken).ConfigureAwait(false);
        await StoreProbe.RunAsync(store, cancellationToken).ConfigureAwait(false);

        MasterKey master = MasterKey.Generate();
        using RepositoryKeys keys = new(master, config.Repository);
        if (options.CutAs is { } other)
        {
            config = config with { RequiredFeatures = [SharedChunkerKey.Feature], SealedChunkerKey = SharedChunkerKey.Seal(other._keys.Chunker, keys) };
        }

        Bytes32 slot = await new KeyRing(store, config.Repository)
            .AddAsync(master, keys, credentials.Password, options.KeyLabel, config.CreatedNs, cost, cancellationToken).ConfigureAwait(false);
        byte[] content = ConfigFormat.Write(config, keys.Config);

        // The config comes last: it is what makes a repository of a store, and of two that are made at once only one gets it.
        if (!await OwnObject.TryPutAsync(store, RepositoryObjects.Config, content, Limits.MaxConfigLength, cancellationToken).ConfigureAwait(false))
        {
            await store.DeleteAsync(RepositoryObjects.Key(slot), cancellationToken).ConfigureAwait(false);
            throw RepositoryConfigReader.Exists(store);
        }

        Repository repository = Open(store, repositoryOptions, content, config, master, slot, NewCatalogue(repositoryOptions, config));
        await repository.RecordAsync(
            EvidenceAction.Create, repository.Id, static () => Task.FromResult(true), _ => RecordedOutcome.OfKey(repository.Id, options.KeyLabel)).ConfigureAwait(false);
        return repository;
    }

    /// <summary>Opens a repository whose master key is known, without the cost of a password. The key then belongs to the repository.</summary>
    internal static async Task<Repository> OpenAsync(
        IObjectStore store, MasterKey master, RepositoryOptions options, CancellationToken cancellationToken)
    {
        byte[] content = await RepositoryConfigReader.ReadAsync(store, cancellationToken).ConfigureAwait(false);
        RepositoryConfig config = ConfigFormat.Read(content, RepositoryObjects.Config.Value);
        return Open(store, options, content, config, master, default, NewCatalogue(options, config));
    }

    private static CatalogueHolder NewCatalogue(RepositoryOptions options, RepositoryConfig config) => new(
        Path.Combine(options.CacheDirectory ?? RepositoryOptions.DefaultCacheDirectory, config.Repository.ToString()), config.Repository);

    private static Repository Open(
        IObjectStore store, RepositoryOptions options, byte[] content, RepositoryConfig config, MasterKey master, Bytes32 slot, CatalogueHolder catalogue)
    {
        RepositoryKeys keys = new(master, config.Repository);
        if (!ConfigFormat.IsAuthentic(content, keys.Config))
        {
            throw ForgedConfig();
        }

        if (config.SealedChunkerKey is { } chunker)
        {
            keys.ShareChunker(SharedChunkerKey.Open(chunker, keys, RepositoryObjects.Config.Value));
        }

        return new Repository(store, options, config, master, keys, slot, catalogue);
    }

    private static CorruptDataException ForgedConfig() =>
        new(RepositoryObjects.Config.Value, -1, "is not authentic: damaged or forged; restore it from a copy of the repository");
}
