using Dedup.Backup;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Requests;

public sealed class RequestCountTests(ITestOutputHelper output) : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(1000)]
    [InlineData(20000)]
    public async Task Baseline(int files)
    {
        SyntheticSource source = Source(files);
        CountingStore store = new(new MemoryStore());
        TestRepository repo = await TestRepository.MakeAsync(store, _scratch.Path);
        string cache = repo.NewFolder();
        StoreTraffic at = store.Traffic;
        void Tell(string what)
        {
            StoreTraffic now = store.Traffic;
            StoreTraffic d = now.Since(at);
            output.WriteLine($"{files} {what}: {d.RequestCount} requests, {d.BytesSent} sent {d.BytesFetched} fetched: " + string.Join(" ", d.Requests.Select(r => $"{r.Kind}:{r.Folder}={r.Count}/{r.Bytes}")));
            at = now;
        }
        BackupResult r = await Back(repo, store, source, cache);
        Tell("first backup");
        await Back(repo, store, source, cache);
        Tell("unchanged backup");
        await Back(repo, store, source, cache);
        Tell("unchanged backup 3");
        await using (Repository open = await repo.OpenAsync(store, cache, null, 1 << 30))
        {
            int n = 0;
            await foreach (var e in open.ListEntriesAsync(r.Snapshot.Id, null, true, default)) n++;
            Tell($"ls all ({n})");
        }
        await using (Repository open = await repo.OpenAsync(store, cache, null, 1 << 30))
        {
            int n = 0;
            await foreach (var e in open.ListEntriesAsync(r.Snapshot.Id, "/d500", true, default)) n++;
            Tell($"ls one dir ({n})");
        }
        await using (Repository open = await repo.OpenAsync(store, cache, null, 1 << 30))
        {
            await foreach (var e in open.ListSnapshotsAsync(new SnapshotFilter(), default)) { }
            Tell("snapshots");
        }
        await using (Repository open = await repo.OpenAsync(store, cache, null, 1 << 30))
        {
            await open.RestoreAsync(r.Snapshot.Id, repo.NewFolder(), new RestoreOptions { Path = $"/big/entry-{files/2:d7}" }, null, default);
            Tell("restore one");
        }
        cache = repo.NewFolder();
        await using (Repository open = await repo.OpenAsync(store, cache, null, 1 << 30))
        {
            int n = 0;
            await foreach (var e in open.ListEntriesAsync(r.Snapshot.Id, null, true, default)) n++;
            Tell($"cold ls all ({n})");
        }
        cache = repo.NewFolder();
        await Back(repo, store, source, cache);
        Tell("cold unchanged backup");
        cache = repo.NewFolder();
        await using (Repository open = await repo.OpenAsync(store, cache, null, 1 << 30))
        {
            await open.RestoreAsync(r.Snapshot.Id, repo.NewFolder(), new RestoreOptions { Path = $"/big/entry-{files/2:d7}" }, null, default);
            Tell("cold restore one");
        }
    }

    private static async Task<BackupResult> Back(TestRepository repo, IObjectStore store, SyntheticSource source, string cache)
    {
        await using Repository open = await repo.OpenAsync(store, cache, null, 1 << 30);
        return await open.BackupAsync(source, new BackupOptions(), null, default);
    }

    private static SyntheticSource Source(int files)
    {
        var dirs = Enumerable.Range(0, 1000).Select(d => ($"d{d}", new SyntheticDirectory(files / 2000 is 0 ? 1 : files / 2000, i => new SyntheticContent(100, (ulong)(1_000_000 + d * 1000 + i)))));
        return new SyntheticSource(new SyntheticDirectory([], [.. dirs, ("big", new SyntheticDirectory(files, i => new SyntheticContent(100, (ulong)(i + 10))))]));
    }
}
