using System.Security.Cryptography;
using Amazon.S3.Model;
using Dedup.Backup;
using Dedup.Cli.Tests;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Sources;
using Dedup.Storage.S3.Tests.Proxy;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>A repository on the server behind a proxy that does what a test says, with a source to back up.</summary>
internal sealed class FaultyPlace : IAsyncDisposable
{
    /// <summary>Deletes all that can be deleted.</summary>
    public static readonly PruneOptions Thorough = new() { MaxUnused = 0, AllowLargeDeletion = true };

    // Of the clock that pauses take no time on.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private readonly CephServer _server;
    private readonly ScratchDirectory _scratch = new();
    private readonly DedupProgram _program = new();
    private readonly Dictionary<SnapshotId, string> _copies = [];
    private readonly string _bucket, _prefix = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private TestRepository? _repository;
    private int _folders;

    private FaultyPlace(CephServer server, string bucket, int seed)
    {
        _server = server;
        _bucket = bucket;
        Proxy = new FaultyProxy(server.Endpoint, seed);
        Source = _scratch.Make("source");
    }

    public FaultyProxy Proxy { get; }

    /// <summary>The folder that is backed up.</summary>
    public string Source { get; }

    /// <summary>The snapshots made here that were not forgotten, oldest first.</summary>
    public List<SnapshotId> Snapshots { get; } = [];

    /// <summary>Prepares a place without a repository.</summary>
    public static async Task<FaultyPlace> MakeAsync(CephServer server, int seed = 1) => new(server, await server.MakeBucketAsync(), seed);

    /// <summary>Prepares a place with an empty repository.</summary>
    public static async Task<FaultyPlace> MakeRepositoryAsync(CephServer server, int seed = 1)
    {
        FaultyPlace place = await MakeAsync(server, seed);
        await using IObjectStore store = place.Open();
        place._repository = await TestRepository.MakeAsync(store, place.Cache(), new CreateOptions().AverageChunkLength);
        return place;
    }

    /// <summary>Makes the repository as the program does, which tries the server out.</summary>
    public async Task CreateAsync()
    {
        await using IObjectStore store = Open();
        await (await TestRepository.CreateByPasswordAsync(store, Cache())).DisposeAsync();
        _repository = await TestRepository.FromPasswordAsync(store, Cache());
    }

    /// <summary>The folder of the catalogues of a client.</summary>
    public string Cache(string client = "client") => _scratch[client];

    /// <summary>The store by way of the proxy, as the program stacks it; the pauses between tries take no time.</summary>
    /// <param name="deadline">How long what passes is tried again.</param>
    /// <param name="page">How many names are listed at once.</param>
    public RetryingStore Open(TimeSpan? deadline = null, int page = 1000) =>
        new(new S3Store(Options(page)), deadline ?? Patience, new HurriedTimeProvider());

    /// <summary>The program on this place, by way of the proxy, with the catalogues of a client.</summary>
    public DedupProgram Program(string client = "client") =>
        _program.With("DEDUP_REPOSITORY", Options(1000).Location.ToString()).With("DEDUP_CACHE_DIR", Cache(client));

    /// <summary>Writes an object as the owner, without any condition.</summary>
    public Task WriteAsync(string bucket, string key, byte[] content) =>
        _server.Client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, InputStream = new MemoryStream(content) });

    /// <summary>Fills the source anew.</summary>
    public void Fill(int seed, int files = 8, int length = 60_000)
    {
        Directory.Delete(Source, recursive: true);
        Random random = new(seed);
        for (int i = 0; i < files; i++)
        {
            string path = Path.Combine(Source, $"d{i % 3}", $"f{i}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            byte[] content = new byte[length + random.Next(length)];
            random.NextBytes(content);
            File.WriteAllBytes(path, content);
        }
    }

    /// <summary>Opens the repository, does something with it and closes it.</summary>
    public async Task<T> UseAsync<T>(Func<Repository, Task<T>> use, string client = "client", TimeSpan? deadline = null, int page = 1000)
    {
        await using IObjectStore store = Open(deadline, page);
        TestRepository test = _repository ?? throw new InvalidOperationException("There is no repository yet.");
        await using Repository repository = await test.OpenAsync(store, Cache(client));
        return await use(repository);
    }

    /// <summary>Backs the source up, and keeps what it held to compare with.</summary>
    public async Task<SnapshotId> BackUpAsync(string client = "client", TimeSpan? deadline = null)
    {
        BackupResult made = await UseAsync(
            repository => repository.BackupAsync(new FileSystemSource([Source]), new BackupOptions(), null, CancellationToken.None), client, deadline);
        Assert.Empty(made.Problems);
        Remember(made.Snapshot.Id);
        return made.Snapshot.Id;
    }

    /// <summary>Keeps what the source holds as what a snapshot must restore to.</summary>
    public void Remember(SnapshotId snapshot)
    {
        string copy = _scratch[$"copy-{snapshot}"];
        foreach (string file in Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories))
        {
            string to = Path.Combine(copy, Path.GetRelativePath(Source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        _copies[snapshot] = copy;
        Snapshots.Add(snapshot);
    }

    public async Task ForgetAsync(SnapshotId snapshot, string client = "client")
    {
        await UseAsync(repository => repository.ForgetAsync(snapshot, "not needed", CancellationToken.None), client);
        Snapshots.Remove(snapshot);
    }

    public Task<PruneReport> PruneAsync(string client = "client", PruneOptions? options = null, TimeSpan? deadline = null, int page = 1000) =>
        UseAsync(repository => repository.PruneAsync(options ?? Thorough, null, CancellationToken.None), client, deadline, page);

    public Task<CheckReport> CheckAsync(string client = "client", int page = 1000) =>
        UseAsync(repository => repository.CheckAsync(CheckOptions.Everything, null, CancellationToken.None), client, page: page);

    /// <summary>Restores a snapshot and asserts that it is what was backed up.</summary>
    public async Task RequireRestoresAsync(SnapshotId snapshot, string? client = null)
    {
        string target = _scratch[$"restored-{Interlocked.Increment(ref _folders)}"];
        RestoreResult result = await UseAsync(
            repository => repository.RestoreAsync(snapshot, target, new RestoreOptions(), null, CancellationToken.None), client ?? $"stranger-{_folders}");
        Assert.Empty(result.Problems);
        SortedDictionary<string, byte[]> expected = RestoredTree.Of(_copies[snapshot]), actual = RestoredTree.Of(target + Source);
        Assert.Empty(RestoredTree.Missing(expected, actual));
        Assert.Empty(RestoredTree.Wrong(expected, actual));
        Directory.Delete(target, recursive: true);
    }

    /// <summary>Takes all rules away, and asserts that nothing is lost: every snapshot restores, and a check that reads all finds nothing.</summary>
    /// <param name="exceptEvidence">Whether records of what was done were lost, which the check must tell.</param>
    public async Task RequireWholeAsync(bool exceptEvidence = false)
    {
        Proxy.Clear();
        foreach (SnapshotId snapshot in Snapshots)
        {
            await RequireRestoresAsync(snapshot);
        }

        IReadOnlyList<CheckFinding> findings = (await CheckAsync("inspector")).Findings;
        Assert.Equal(exceptEvidence, findings.Any(finding => finding.Kind == FindingKind.DamagedEvidence));
        Assert.DoesNotContain(findings, finding => finding.IsDamage && finding.Kind != FindingKind.DamagedEvidence);
    }

    /// <summary>All objects of the repository as they are on the server.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> SaveAsync()
    {
        Dictionary<string, byte[]> objects = [];
        ListObjectsV2Response page = await _server.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _bucket });
        Assert.NotEqual(true, page.IsTruncated);
        foreach (S3Object found in page.S3Objects ?? [])
        {
            using GetObjectResponse got = await _server.Client.GetObjectAsync(_bucket, found.Key);
            MemoryStream content = new();
            await got.ResponseStream.CopyToAsync(content);
            objects[found.Key] = content.ToArray();
        }

        return objects;
    }

    /// <summary>Puts the server back to a state of before.</summary>
    public async Task PutBackAsync(IReadOnlyDictionary<string, byte[]> state)
    {
        foreach (string key in (await SaveAsync()).Keys.Except(state.Keys))
        {
            await _server.Client.DeleteObjectAsync(_bucket, key);
        }

        foreach ((string key, byte[] content) in state)
        {
            await WriteAsync(_bucket, key, content);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        _program.Dispose();
        _scratch.Dispose();
    }

    private S3StoreOptions Options(int page)
    {
        S3StoreOptions direct = _server.Options(_bucket, _prefix);
        return direct with { Location = new S3Location(Proxy.Endpoint, _bucket, _prefix), ListPageLength = page };
    }
}
