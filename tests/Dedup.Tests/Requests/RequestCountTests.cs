using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Requests;

/// <summary>
/// What daily work costs with a store that is far away: a number of requests that does not grow with the data. Every test does the same with a few
/// and with many files, in one large directory and a thousand small ones; with DEDUP_LONG_TESTS=1 also with a hundred thousand.
/// </summary>
public sealed class RequestCountTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Few = 1000, Many = 20_000, VeryMany = 100_000, Directories = 1000;
    private const string LongTestsVariable = "DEDUP_LONG_TESTS";

    private readonly ScratchDirectory _scratch = new();
    private readonly List<Scene> _scenes = [];

    public async Task InitializeAsync()
    {
        bool isLong = Environment.GetEnvironmentVariable(LongTestsVariable) == "1";
        foreach (int files in (int[])[Few, Many, .. isLong ? [VeryMany] : Array.Empty<int>()])
        {
            CountingStore store = new(new MemoryStore());
            TestRepository repository = await TestRepository.MakeAsync(store, Directory.CreateDirectory(Path.Combine(_scratch.Path, $"{files}")).FullName);
            Scene scene = new(files, store, repository, repository.NewFolder());
            scene.Snapshot = (await BackUpAsync(scene)).Snapshot.Id;
            _scenes.Add(scene);
        }
    }

    public Task DisposeAsync()
    {
        _scratch.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public Task A_backup_of_what_did_not_change() => AssertSameAsync(atMost: 10, BackUpAsync);

    [Fact]
    public Task A_listing_of_all_files() => AssertSameAsync(atMost: 4, scene => ListAsync(scene, null, scene.Files));

    [Fact]
    public Task A_listing_of_one_directory() => AssertSameAsync(atMost: 4, scene => ListAsync(scene, "/d500", 1));

    [Fact]
    public Task The_list_of_snapshots() => AssertSameAsync(atMost: 4, CountSnapshotsAsync);

    [Fact]
    public Task A_restore_of_one_file_among_all_others() => AssertSameAsync(atMost: 6, RestoreOneAsync);

    /// <summary>Nothing is kept yet: what is read comes in blocks and runs, so that four hundred thousand bytes more are two requests more.</summary>
    [Fact]
    public async Task With_an_empty_cache_the_number_grows_by_the_megabyte_and_not_by_the_file()
    {
        List<long> counts = [];
        foreach (Scene scene in _scenes)
        {
            scene.Cache = scene.Repository.NewFolder();
            counts.Add(await CountAsync(scene, () => ListAsync(scene, null, scene.Files)));
        }

        output.WriteLine($"requests: {string.Join(", ", counts)}");
        Assert.InRange(counts[0], 1, 12);
        Assert.InRange(counts[1], counts[0], counts[0] + 4);
    }

    /// <summary>A check looks at the store itself: at each pack by its ends, and at trees by the megabyte, whatever this machine has kept.</summary>
    [Fact]
    public async Task A_check_reads_trees_by_the_megabyte_and_not_by_the_page()
    {
        foreach (Scene scene in _scenes)
        {
            StoreTraffic before = scene.Store.Traffic;
            await using Repository repository = await scene.OpenAsync();
            Assert.True((await repository.CheckAsync(CheckOptions.Structure, null, default)).IsClean);
            StoreTraffic check = scene.Store.Traffic.Since(before);

            // Of each pack header and end, and a long directory; of one of trees a first look and the rest. Packs hold 16,384 blobs at most.
            int packs = await CountPacksAsync(scene);
            output.WriteLine($"{scene.Files} files, {packs} packs: {check.RequestCount} requests, of which {check.Count(StoreRequestKind.Read, "packs")} reads of packs");
            Assert.InRange(check.Count(StoreRequestKind.Read, "packs"), 2 * packs, 5 * packs);
            Assert.InRange(check.RequestCount - check.Count(StoreRequestKind.Read, "packs"), 1, 32);
        }
    }

    [Fact]
    public async Task A_snapshot_is_read_once_however_often_snapshots_are_listed()
    {
        Scene scene = _scenes[0];
        for (int i = 0; i < 5; i++)
        {
            await BackUpAsync(scene);
        }

        await CountSnapshotsAsync(scene);
        StoreTraffic before = scene.Store.Traffic;
        Assert.Equal(6, await CountSnapshotsAsync(scene));
        Assert.Equal(0, scene.Store.Traffic.Since(before).Count(StoreRequestKind.Read, "snapshots"));
    }

    private async Task AssertSameAsync<T>(int atMost, Func<Scene, Task<T>> act)
    {
        List<long> counts = [];
        foreach (Scene scene in _scenes)
        {
            // Once for the snapshot that the first backup left, which this machine has not read yet.
            await CountSnapshotsAsync(scene);
            counts.Add(await CountAsync(scene, () => act(scene)));
        }

        output.WriteLine($"requests: {string.Join(", ", counts)}");
        Assert.All(counts, count => Assert.Equal(counts[0], count));
        Assert.InRange(counts[0], 1, atMost);
    }

    private static async Task<long> CountAsync(Scene scene, Func<Task> act)
    {
        StoreTraffic before = scene.Store.Traffic;
        await act();
        return scene.Store.Traffic.Since(before).RequestCount;
    }

    private static async Task<BackupResult> BackUpAsync(Scene scene)
    {
        await using Repository repository = await scene.OpenAsync();
        return await repository.BackupAsync(Source(scene.Files), new BackupOptions(), null, default);
    }

    private static async Task<int> ListAsync(Scene scene, string? path, int atLeast)
    {
        await using Repository repository = await scene.OpenAsync();
        int entries = 0;
        await foreach (TreeEntry entry in repository.ListEntriesAsync(scene.Snapshot, path, isRecursive: true, default))
        {
            entries++;
        }

        Assert.InRange(entries, atLeast, int.MaxValue);
        return entries;
    }

    private static async Task<int> CountSnapshotsAsync(Scene scene)
    {
        await using Repository repository = await scene.OpenAsync();
        int snapshots = 0;
        await foreach (Snapshot snapshot in repository.ListSnapshotsAsync(new SnapshotFilter(), default))
        {
            snapshots++;
        }

        return snapshots;
    }

    private static async Task<RestoreResult> RestoreOneAsync(Scene scene)
    {
        await using Repository repository = await scene.OpenAsync();
        RestoreOptions options = new() { Path = $"/large/entry-{scene.Files / 2:d7}" };
        RestoreResult result = await repository.RestoreAsync(scene.Snapshot, scene.Repository.NewFolder(), options, null, default);
        Assert.Empty(result.Problems);
        return result;
    }

    private static async Task<int> CountPacksAsync(Scene scene)
    {
        int packs = 0;
        await foreach (ObjectInfo _ in scene.Store.ListAsync("packs", default))
        {
            packs++;
        }

        return packs;
    }

    private static SyntheticSource Source(int files)
    {
        const ulong OtherSeeds = 1_000_000;
        int perDirectory = Math.Max(files / 2 / Directories, 1);
        IEnumerable<(string, SyntheticDirectory)> small = Enumerable.Range(0, Directories).Select(directory => (
            $"d{directory}", new SyntheticDirectory(perDirectory, i => new SyntheticContent(100, OtherSeeds + (ulong)((directory * perDirectory) + i)))));
        SyntheticDirectory large = new(files, i => new SyntheticContent(100, (ulong)i + 1));
        return new SyntheticSource(new SyntheticDirectory([], [.. small, ("large", large)]));
    }

    private sealed class Scene(int files, CountingStore store, TestRepository repository, string cache)
    {
        private const long CacheLength = 1 << 30;

        public int Files => files;

        public CountingStore Store => store;

        public TestRepository Repository => repository;

        public string Cache { get; set; } = cache;

        public SnapshotId Snapshot { get; set; }

        public Task<Repository> OpenAsync() => repository.OpenAsync(store, Cache, metadataCacheLength: CacheLength, readsAhead: 4);
    }
}
