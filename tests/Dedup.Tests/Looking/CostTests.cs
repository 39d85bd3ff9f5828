using Dedup.Looking;
using Dedup.Pruning;
using Dedup.Snapshots;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Looking;

public sealed class CostTests : IAsyncLifetime
{
    private const int Seed = 20261125;

    private readonly Random _random = new(Seed);
    private LookingScene _scene = null!;

    public async Task InitializeAsync() => _scene = await LookingScene.MakeAsync();

    public Task DisposeAsync()
    {
        _scene.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_a_snapshot_needs_alone_is_what_a_prune_would_find_unused_without_it()
    {
        IReadOnlyList<Snapshot> snapshots = await MakeSnapshotsAsync();
        foreach (Snapshot snapshot in snapshots)
        {
            SnapshotCost cost = await ReadAsync(snapshot.Id);
            PruneOptions options = new() { IsDryRun = true, MaxUnused = 0, AssumeForgotten = [snapshot.Id] };
            PruneReport without = await _scene.UseAsync(repository => repository.PruneAsync(options, null, CancellationToken.None));
            Assert.Equal(without.UnusedBytes, cost.UniqueBytes);
            Assert.True(cost.UniqueBytes > 0);
            Assert.Equal(cost.UniqueBytes, cost.Directories.Single(directory => directory.Path == "/").UniqueBytes);
        }
    }

    [Fact]
    public async Task Directories_tell_where_a_snapshot_grew_and_what_is_its_own()
    {
        IReadOnlyList<Snapshot> snapshots = await MakeSnapshotsAsync();
        SnapshotCost cost = await ReadAsync(snapshots[2].Id);
        Assert.Equal(snapshots[1].Id, cost.Before!.Id);
        Assert.Equal(snapshots[2].Statistics.TotalBytes - snapshots[1].Statistics.TotalBytes, cost.Growth);
        Dictionary<string, DirectoryCost> directories = cost.Directories.ToDictionary(directory => directory.Path);
        Assert.Equal(40_000, directories["/home/ann"].GrowthBytes);
        Assert.Equal(-20_000, directories["/home/bob"].GrowthBytes);
        Assert.Equal(20_000, directories["/home"].GrowthBytes);
        Assert.Equal(20_000, directories["/"].GrowthBytes);
        Assert.Equal(60_000, directories["/home/ann"].Totals.Bytes);
        Assert.InRange(directories["/home/ann"].UniqueBytes, 40_000, 41_000);
        Assert.InRange(directories["/home"].UniqueBytes, directories["/home/ann"].UniqueBytes, 42_000);
        Assert.Null((await ReadAsync(snapshots[0].Id)).Before);
        Assert.InRange(cost.DeduplicationRatio, 0.5, 1.0);
        Assert.Empty((await ReadAsync(snapshots[2].Id, directories: 0)).Directories);
    }

    [Fact]
    public async Task A_snapshot_that_another_equals_costs_nothing()
    {
        await MakeSnapshotsAsync();
        Snapshot again = await _scene.BackUpAsync();
        SnapshotCost cost = await ReadAsync(again.Id);
        Assert.Equal((0, 0), (cost.UniqueBytes, cost.UniqueBlobs));
        Assert.True(cost.Stored.Bytes > 0);
        await Assert.ThrowsAsync<SnapshotNotFoundException>(() => ReadAsync(new SnapshotId(new byte[16])));
    }

    [Fact]
    public async Task Content_is_counted_by_files_by_paths_and_by_blobs()
    {
        MemoryDirectory root = _scene.Source.Root;
        MemoryFile a = root.File("a", new string('x', 1000));
        root.File("b", new string('x', 1000));
        root.File("c", "other");
        Snapshot first = await _scene.BackUpAsync();
        a.Write(new byte[500]);
        await _scene.BackUpAsync();

        // The contents x, other and zeros.
        Assert.Equal(new ContentStatistics(2, 3, 0, 1505), await CountAsync(StatisticsMode.FilesByContents));
        Assert.Equal(new ContentStatistics(1, 2, 0, 1005), await CountAsync(StatisticsMode.FilesByContents, first.Id));

        // The path a has two blobs, b and c one each.
        Assert.Equal(new ContentStatistics(2, 3, 4, 2505), await CountAsync(StatisticsMode.BlobsPerFile));
        ContentStatistics raw = await CountAsync(StatisticsMode.RawData);
        Assert.Equal((2, 3 + 2), (raw.Snapshots, raw.Blobs));
        Assert.InRange(raw.UncompressedBytes, 1505, 2505);
        PruneReport prune = await _scene.UseAsync(repository => repository.PruneAsync(new PruneOptions { IsDryRun = true }, null, CancellationToken.None));
        Assert.Equal(prune.UsedBlobs, raw.Blobs);
    }

    private async Task<IReadOnlyList<Snapshot>> MakeSnapshotsAsync()
    {
        MemoryDirectory home = _scene.Source.Root.Directory("home"), ann = home.Directory("ann"), bob = home.Directory("bob");
        ann.File("a", Noise(20_000));
        bob.File("b", Noise(20_000));
        List<Snapshot> snapshots = [await _scene.BackUpAsync()];
        ann.File("a", Noise(20_000));
        bob.File("c", Noise(20_000));
        snapshots.Add(await _scene.BackUpAsync());
        ann.File("d", Noise(40_000));
        bob.Remove("c");
        snapshots.Add(await _scene.BackUpAsync());
        return snapshots;
    }

    private byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        _random.NextBytes(noise);
        return noise;
    }

    private Task<SnapshotCost> ReadAsync(SnapshotId snapshot, int directories = 10) =>
        _scene.UseAsync(repository => repository.ReadCostAsync(snapshot, directories, CancellationToken.None));

    private Task<ContentStatistics> CountAsync(StatisticsMode mode, SnapshotId? snapshot = null) =>
        _scene.UseAsync(repository => repository.CountContentAsync(mode, snapshot, SnapshotFilter.All, CancellationToken.None));
}
