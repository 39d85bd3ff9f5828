using System.Security.Cryptography;
using Dedup.Backup;
using Dedup.Chunking;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Keys;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Dedup.TestSupport;

/// <summary>A repository for tests: made and opened without the cost of a password, so that doing so thousands of times is cheap.</summary>
public sealed class TestRepository
{
    /// <summary>The password of every one.</summary>
    public const string Password = "correct horse";

    /// <summary>The same.</summary>
    public static Credentials Credentials { get; } = Credentials.FromPassword(Password);

    // The least that the format allows.
    private static readonly PasswordCost LeastCost = new(PasswordCost.MinPasses, PasswordCost.MinMemory);

    // Tests make a repository by the thousand: what the password gives is computed once, with one salt.
    private static readonly Lazy<PasswordKey> SharedPasswordKey = new(static () => new PasswordKey(
        Credentials.Password.Span, RandomNumberGenerator.GetBytes(KeySlotFormat.SaltLength), LeastCost));

    private readonly byte[] _masterKey;
    private readonly string _folder;
    private int _folders;

    private TestRepository(byte[] masterKey, string folder)
    {
        _masterKey = masterKey;
        _folder = folder;
    }

    /// <summary>The master key in hexadecimal digits.</summary>
    public string Key => Convert.ToHexString(_masterKey);

    /// <summary>A repository that was made before.</summary>
    /// <param name="key">Its <see cref="Key"/>.</param>
    /// <param name="folder">A folder for caches and restored trees.</param>
    public static TestRepository FromKey(string key, string folder) => new(Convert.FromHexString(key), folder);

    /// <summary>The repository of a store, whose password is tried for it once.</summary>
    /// <param name="store">The store.</param>
    /// <param name="folder">A folder for caches and restored trees.</param>
    /// <param name="credentials">What opens it, when it is another password than the usual one.</param>
    public static async Task<TestRepository> FromPasswordAsync(IObjectStore store, string folder, Credentials? credentials = null)
    {
        RepositoryConfig config = ConfigFormat.Read(await RepositoryConfigReader.ReadAsync(store, CancellationToken.None), RepositoryObjects.Config.Value);
        (MasterKey master, _) = await new KeyRing(store, config.Repository).OpenAsync((credentials ?? Credentials).Password.ToArray(), CancellationToken.None);
        using (master)
        {
            return new TestRepository(master.Bytes.ToArray(), folder);
        }
    }

    /// <summary>Makes a repository: another one each time, for the cost of two small objects.</summary>
    /// <param name="store">An empty store.</param>
    /// <param name="folder">A folder for caches and restored trees.</param>
    /// <param name="averageChunkLength">As in <see cref="CreateOptions"/>.</param>
    public static async Task<TestRepository> MakeAsync(IObjectStore store, string folder, int averageChunkLength = 16 << 10)
    {
        RepositoryConfig config = RepositoryConfigReader.New(
            ChunkerParameters.FromAverage(averageChunkLength), new CreateOptions().Compression, UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow()));
        using MasterKey master = MasterKey.Generate();
        using RepositoryKeys keys = new(master, config.Repository);
        await new KeyRing(store, config.Repository).AddAsync(master, keys, SharedPasswordKey.Value, label: "", config.CreatedNs, CancellationToken.None);
        Assert.True(await store.PutIfAbsentAsync(RepositoryObjects.Config, ConfigFormat.Write(config, keys.Config), CancellationToken.None));
        return new TestRepository(master.Bytes.ToArray(), folder);
    }

    /// <summary>Makes a repository as the program does, with a password that costs as little as can be, and opens it.</summary>
    /// <param name="store">An empty store.</param>
    /// <param name="cache">The folder for catalogues.</param>
    /// <param name="options">How it is made, when not as usual.</param>
    public static Task<Repository> CreateByPasswordAsync(IObjectStore store, string cache, CreateOptions? options = null) => Repository.CreateAsync(
        store, Credentials, options ?? new CreateOptions(), new RepositoryOptions { CacheDirectory = cache }, LeastCost, CancellationToken.None);

    /// <summary>Opens a repository as the program does.</summary>
    /// <param name="store">The store it lies in.</param>
    /// <param name="cache">The folder for catalogues.</param>
    public static Task<Repository> OpenByPasswordAsync(IObjectStore store, string cache) =>
        Repository.OpenAsync(store, Credentials, new RepositoryOptions { CacheDirectory = cache }, CancellationToken.None);

    /// <summary>A folder that nothing was put into yet; it is not made.</summary>
    public string NewFolder() => Path.Combine(_folder, $"f{Interlocked.Increment(ref _folders)}");

    /// <summary>Opens the repository, or a changed copy of it.</summary>
    /// <param name="store">The store it lies in.</param>
    /// <param name="cache">The folder of caches; <see langword="null"/> for a new one.</param>
    /// <param name="time">The clock; <see langword="null"/> for the system's.</param>
    /// <param name="metadataCacheLength">As in <see cref="RepositoryOptions"/>.</param>
    /// <param name="readsAhead">As in <see cref="RepositoryOptions"/>.</param>
    /// <param name="log">Is told what the engine tells of itself; <see langword="null"/> for nobody.</param>
    public async Task<Repository> OpenAsync(
        IObjectStore store, string? cache = null, TimeProvider? time = null, long metadataCacheLength = 0, int readsAhead = 1, ILoggerFactory? log = null) =>
        await Repository.OpenAsync(
            store, MasterKey.FromBytes(_masterKey),
            new RepositoryOptions
            {
                CacheDirectory = cache ?? NewFolder(),
                MaxConcurrency = 2,
                TimeProvider = time ?? TimeProvider.System,
                MetadataCacheLength = metadataCacheLength,
                ReadsAhead = readsAhead,
                LoggerFactory = log ?? NullLoggerFactory.Instance,
            },
            CancellationToken.None);

    /// <summary>The keys, to make objects as no backup would.</summary>
    internal RepositoryKeys Keys(Repository repository)
    {
        using MasterKey master = MasterKey.FromBytes(_masterKey);
        return new RepositoryKeys(master, new Bytes32(Convert.FromHexString(repository.Id)));
    }

    /// <summary>Makes a snapshot.</summary>
    public async Task<BackupResult> BackUpAsync(IObjectStore store, IBackupSource source, string? cache = null, BackupOptions? options = null)
    {
        await using Repository repository = await OpenAsync(store, cache);
        return await repository.BackupAsync(source, options ?? new BackupOptions(), null, CancellationToken.None);
    }

    /// <summary>Restores a snapshot into a new folder.</summary>
    /// <returns>What the restore told, and what then lay there.</returns>
    public async Task<(RestoreResult Result, SortedDictionary<string, byte[]> Tree)> RestoreAsync(Repository repository, SnapshotId snapshot)
    {
        string target = NewFolder();
        RestoreResult result = await repository.RestoreAsync(snapshot, target, new RestoreOptions(), null, CancellationToken.None);
        SortedDictionary<string, byte[]> tree = RestoredTree.Of(target);
        Directory.Delete(target, recursive: true);
        return (result, tree);
    }

    /// <summary>Asserts that a snapshot restores completely and to what is expected.</summary>
    public async Task RequireRestoresAsync(IObjectStore store, SnapshotId snapshot, SortedDictionary<string, byte[]> expected, string? cache = null)
    {
        await using Repository repository = await OpenAsync(store, cache);
        (RestoreResult result, SortedDictionary<string, byte[]> tree) = await RestoreAsync(repository, snapshot);
        Assert.Empty(result.Problems);
        Assert.Empty(RestoredTree.Missing(expected, tree));
        Assert.Empty(RestoredTree.Wrong(expected, tree));
    }

    /// <summary>The snapshots that can be listed, oldest first.</summary>
    public async Task<IReadOnlyList<Snapshot>> SnapshotsAsync(IObjectStore store)
    {
        await using Repository repository = await OpenAsync(store);
        List<Snapshot> snapshots = [];
        await foreach (Snapshot snapshot in repository.ListSnapshotsAsync(new SnapshotFilter(), CancellationToken.None))
        {
            snapshots.Add(snapshot);
        }

        return snapshots;
    }
}
