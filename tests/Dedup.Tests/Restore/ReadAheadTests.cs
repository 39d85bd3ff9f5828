using Dedup.Backup;
using Dedup.Restore;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Restore;

/// <summary>From a distant store several ranges are fetched at once, so that a restore does not wait for each request in turn.</summary>
public sealed class ReadAheadTests : IDisposable
{
    private const int ReadsAhead = 4;

    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task As_many_reads_are_under_way_as_asked_for_and_the_content_is_right()
    {
        byte[] content = new byte[48 << 20];
        new Random(1).NextBytes(content);
        string source = _scratch.Make("source");
        await File.WriteAllBytesAsync(Path.Combine(source, "file"), content);
        await using MemoryStore store = new();
        SnapshotId snapshot;
        await using (Repository writing = await TestRepository.CreateByPasswordAsync(store, _scratch["cache"]))
        {
            BackupResult result = await writing.BackupAsync(new FileSystemSource([source]), new BackupOptions(), null, CancellationToken.None);
            snapshot = result.Snapshot.Id;
        }

        // Each range comes with the header of its pack until that is known. A read that nobody else joins is let go after a while.
        const int expected = 2 * ReadsAhead;
        HashSet<string> data = [];
        await foreach (ObjectInfo pack in store.ListAsync("packs", CancellationToken.None))
        {
            if (pack.Length > 1 << 20)
            {
                data.Add(pack.Name.Value);
            }
        }

        int waiting = 0;
        TaskCompletionSource allThere = new(TaskCreationOptions.RunContinuationsAsynchronously);
        HookedStore distant = new(store, async (operation, name) =>
        {
            if (operation == StoreOperation.Read && data.Contains(name))
            {
                if (Interlocked.Increment(ref waiting) >= expected)
                {
                    allThere.TrySetResult();
                }

                await Task.WhenAny(allThere.Task, Task.Delay(TimeSpan.FromMinutes(1)));
            }
        });
        RepositoryOptions options = new() { CacheDirectory = _scratch["cache"], MaxConcurrency = 1, ReadsAhead = ReadsAhead };
        await using Repository repository = await Repository.OpenAsync(distant, TestRepository.Credentials, options, CancellationToken.None);
        RestoreResult restored = await repository.RestoreAsync(snapshot, _scratch["target"], new RestoreOptions(), null, CancellationToken.None);
        Assert.Empty(restored.Problems);
        Assert.True(allThere.Task.IsCompleted, $"never were {expected} reads under way at once");
        Assert.Equal(content, await File.ReadAllBytesAsync(_scratch["target"] + Path.Combine(source, "file")));
    }
}
