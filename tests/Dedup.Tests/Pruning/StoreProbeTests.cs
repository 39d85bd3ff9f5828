using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Dedup.Pruning;
using Dedup.Sessions;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Pruning;

/// <summary>A store that does not keep what the safety of prunes rests on is found out, and one that does is not.</summary>
public sealed class StoreProbeTests
{
    public static TheoryData<string> Lies => ["overwrites", "two are first", "another content", "listing lags", "deletes linger"];

    [Fault(34)]
    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_store_that_lies_is_refused_for_a_repository_and_for_a_prune(string lie)
    {
        using ScratchDirectory folder = ScratchDirectory.InMemory(1 << 24);
        MemoryStore fresh = new();
        await Assert.ThrowsAsync<UnsafeStoreException>(() => TestRepository.CreateByPasswordAsync(new LyingStore(fresh, lie), folder.Path));
        Assert.Empty((await StoreContent.ReadAsync(fresh)).Names);

        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId gone = await scene.BackUpAsync(("gone", 20_000));
        scene.Source.Root.Remove("gone");
        SnapshotId kept = await scene.BackUpAsync(("kept", 5_000));
        await scene.ForgetAsync(gone);
        IReadOnlyList<string> before = (await StoreContent.ReadAsync(scene.Store)).Names;
        LyingStore lying = new(scene.Store, lie);
        await using Repository other = await scene.Test.OpenAsync(lying);
        PruneOptions careful = PruneScene.Thorough with { IsExclusive = false };
        UnsafeStoreException exception = await Assert.ThrowsAsync<UnsafeStoreException>(() => other.PruneAsync(careful, null, CancellationToken.None));

        Assert.Contains("--exclusive", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, (await StoreContent.ReadAsync(scene.Store)).Names);
        Assert.True((await scene.Opened.PruneAsync(careful, null, CancellationToken.None)).PacksDeleted > 0);
        await scene.RequireRestoresAsync(kept);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("loses replies")]
    public async Task An_honest_store_passes_and_nothing_is_left_in_it(string lie)
    {
        MemoryStore store = new();
        await StoreProbe.RunAsync(new LyingStore(store, lie), CancellationToken.None);
        Assert.Empty(await store.ListAsync(RepositoryObjects.Probes, CancellationToken.None).ToListAsync());
    }

    private sealed class LyingStore(MemoryStore inner, string lie) : IObjectStore
    {
        private readonly ConcurrentDictionary<ObjectName, int> _asked = new();
        private readonly ConcurrentDictionary<string, int> _listed = new();
        private readonly ConcurrentDictionary<ObjectName, long> _deleted = new();

        public string Location => "lying";

        public async ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            int asked = _asked.AddOrUpdate(name, 1, (_, before) => before + 1);
            if (lie == "overwrites" && asked == 9)
            {
                await inner.DeleteAsync(name, cancellationToken);
                return await inner.PutIfAbsentAsync(name, content, cancellationToken);
            }

            if (lie == "another content" && asked == 9)
            {
                await inner.DeleteAsync(name, cancellationToken);
                await inner.PutIfAbsentAsync(name, content, cancellationToken);
                return false;
            }

            bool isFirst = await inner.PutIfAbsentAsync(name, content, cancellationToken);
            return lie switch
            {
                "two are first" => isFirst || asked == 5,
                "loses replies" => false,
                _ => isFirst,
            };
        }

        public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => inner.BeginUploadAsync(cancellationToken);

        public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
            inner.ReadAsync(name, offset, destination, cancellationToken);

        public async IAsyncEnumerable<ObjectInfo> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (lie == "listing lags" && _listed.AddOrUpdate(folder, 1, (_, before) => before + 1) == 1 && folder == RepositoryObjects.Probes)
            {
                yield break;
            }

            await foreach (ObjectInfo info in inner.ListAsync(folder, cancellationToken))
            {
                yield return info;
            }

            foreach ((ObjectName name, long length) in _deleted.Where(entry => lie == "deletes linger" && entry.Key.Folder == folder))
            {
                yield return new ObjectInfo(name, length);
            }
        }

        public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => inner.InfoAsync(name, cancellationToken);

        public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken)
        {
            _deleted[name] = 1;
            return inner.DeleteAsync(name, cancellationToken);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
