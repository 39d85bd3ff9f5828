using Dedup.Backup;
using Dedup.Pruning;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Pruning;

public sealed class PruneCostTests : IDisposable
{
    /// <summary>What an estimate may be off: of requests two in a hundred and six; of bytes one in a hundred, snapshots and seals, which are small.</summary>
    private const double Requests = 0.02, Bytes = 0.01;

    private const int MoreRequests = 6, MoreBytes = 16 << 10;

    private readonly ScratchDirectory _scratch = ScratchDirectory.InMemory(1 << 28);

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(0, 0.0, false)]
    [InlineData(1, 0.0, false)]
    [InlineData(1, 0.0, true)]
    [InlineData(1, 0.5, false)]
    [InlineData(9, 0.05, false)]
    [InlineData(40, 0.0, true)]
    public async Task A_dry_run_says_about_what_the_prune_then_asks_for(int forgotten, double maxUnused, bool isExclusive)
    {
        const int snapshots = 50, window = 12;
        CountingStore store = new(new MemoryStore());
        TestRepository test = await TestRepository.MakeAsync(store, _scratch.Path);
        await using Repository repository = await test.OpenAsync(store);
        List<SnapshotId> ids = [];
        for (int i = 0; i < snapshots; i++)
        {
            SyntheticSource source = new(new SyntheticDirectory(Enumerable.Range(i, window).Select(file => ($"f{file}", new SyntheticContent(200_000, (ulong)file + 1)))));
            ids.Add((await repository.BackupAsync(source, new BackupOptions(), null, default)).Snapshot.Id);
        }

        foreach (SnapshotId id in ids.Take(forgotten))
        {
            await repository.ForgetAsync(id, "by hand", default);
        }

        PruneOptions options = new() { MaxUnused = maxUnused, AllowLargeDeletion = true, IsExclusive = isExclusive };
        PruneReport dry = await repository.PruneAsync(options with { IsDryRun = true }, null, default);
        StoreTraffic before = store.Traffic;
        PruneReport report = await repository.PruneAsync(options, null, default);
        StoreTraffic asked = store.Traffic.Since(before);

        Assert.Null(report.Cost);
        Assert.Equal(report.PacksDeleted, dry.PacksDeleted);
        AssertNear(dry.Cost!.Requests, asked.RequestCount, Requests, MoreRequests);
        AssertNear(dry.Cost.BytesSent, asked.BytesSent, Bytes, MoreBytes);
        AssertNear(dry.Cost.BytesFetched, asked.BytesFetched, Bytes, MoreBytes + (100 * snapshots * 10));
    }

    private static void AssertNear(long estimate, long actual, double share, long more) =>
        Assert.InRange(estimate, (long)(actual * (1 - share)) - more, (long)(actual * (1 + share)) + more);
}
