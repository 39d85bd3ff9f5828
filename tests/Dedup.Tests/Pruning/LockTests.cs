using Dedup.Format;
using Dedup.Packing;
using Dedup.Pruning;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Pruning;

/// <summary>In a store that locks, what snapshots need is locked anew, and nothing else.</summary>
public sealed class LockTests
{
    [Fact]
    public async Task All_that_snapshots_need_is_locked_and_what_only_forgotten_ones_needed_is_not()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId gone = await scene.BackUpAsync(("gone", 20_000));
        scene.Source.Root.Remove("gone");
        await scene.BackUpAsync(("a", 6_000));
        await scene.BackUpAsync(("b", 6_000));
        await scene.ForgetAsync(gone);

        LockingStore store = new(scene.Store);
        await using Repository opened = await scene.Test.OpenAsync(store);
        LockReport report = await opened.LockAsync(null, CancellationToken.None);

        HashSet<BlobId> needed = await NeededOnly.FindNeededAsync(scene.Store, scene.Keys, scene.Test.NewFolder());
        List<string> expected = [.. await scene.NamesAsync("snapshots"), .. await scene.NamesAsync("index")];
        foreach (PackId pack in await scene.PacksAsync())
        {
            PackDirectory directory = await ReadAsync(scene, pack);
            if (directory.Entries.Any(entry => needed.Contains(entry.Id)))
            {
                expected.Add($"packs/{pack}");
            }
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), store.Locked.Order(StringComparer.Ordinal));
        Assert.True(expected.Count < (await scene.NamesAsync("packs")).Count + (await scene.NamesAsync("index")).Count + 2, "a pack is not needed");
        Assert.Equal((2, LockingStore.Until), (report.Snapshots, report.LockedUntil!.Value));
        Assert.Empty(report.Problems);
    }

    [Fact]
    public async Task A_pack_that_a_prune_rewrites_meanwhile_is_looked_for_again()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        for (int i = 0; i < 40; i++)
        {
            await scene.BackUpAsync(($"f{i}", 3_000));
        }

        LockingStore store = new(scene.Store) { BeforeFirst = () => scene.PruneAsync(PruneScene.Thorough with { MaxUnused = 1 }) };
        await using Repository opened = await scene.Test.OpenAsync(store);
        LockReport report = await opened.LockAsync(null, CancellationToken.None);
        Assert.Equal(2, report.Packs);
        Assert.Empty((await scene.NamesAsync("packs")).Except(store.Locked));
    }

    [Fact]
    public async Task A_store_that_locks_nothing_says_so()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        await scene.BackUpAsync(("a", 6_000));
        Assert.Null((await scene.Opened.LockAsync(null, CancellationToken.None)).LockedUntil);
    }

    [Fact]
    public async Task Damage_is_told_and_the_rest_is_locked()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId damaged = await scene.BackUpAsync(("a", 6_000));
        SnapshotId whole = await scene.BackUpAsync(("b", 6_000));
        StoreContent content = await StoreContent.ReadAsync(scene.Store);
        LockingStore store = new(content.WithFlip($"snapshots/{damaged}", 120).ToStore());
        await using Repository opened = await scene.Test.OpenAsync(store);
        LockReport report = await opened.LockAsync(null, CancellationToken.None);
        Assert.Contains($"snapshots/{damaged}", Assert.Single(report.Problems), StringComparison.Ordinal);
        Assert.Contains($"snapshots/{whole}", store.Locked);
        Assert.Contains(store.Locked, name => name.StartsWith("packs/", StringComparison.Ordinal));
    }

    private static async Task<PackDirectory> ReadAsync(PruneScene scene, PackId pack)
    {
        ObjectName name = ObjectName.Parse($"packs/{pack}");
        ObjectInfo info = (await scene.Store.InfoAsync(name, CancellationToken.None))!.Value;
        return await PackReader.ReadFooterAsync(scene.Store, scene.Keys, pack, info.Length, CancellationToken.None);
    }
}
