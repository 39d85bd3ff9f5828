using Dedup.Format;
using Dedup.Packing;
using Dedup.Pruning;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Pruning;

/// <summary>A prune meets damage: what cannot be read is not taken for what nobody needs.</summary>
public sealed class PruneDamageTests
{
    [Fault(25)]
    [Fact]
    public async Task With_a_damaged_snapshot_nothing_goes_until_it_is_forgotten()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        (SnapshotId gone, SnapshotId damaged, SnapshotId kept) = await MakeThreeAsync(scene);
        string name = RepositoryObjects.Snapshot(damaged).Value;
        await RequireStopsAsync(scene, content => content.WithFlip(name, 120), name, async (other, store) =>
        {
            await other.ForgetAsync(damaged, "damaged", CancellationToken.None);
            PruneReport report = await other.PruneAsync(PruneScene.Thorough, null, CancellationToken.None);
            Assert.True(report is { PacksDeleted: > 0, Snapshots: 1 }, $"{report}");
            await scene.Test.RequireRestoresAsync(store, kept, RestoredTree.Of(scene.Source));
            Assert.Empty(await NeededOnly.FindOthersAsync(scene.Test, store));
        });
        Assert.NotEqual(gone, damaged);
    }

    [Fact]
    public async Task With_a_damaged_tree_nothing_goes()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        (_, _, SnapshotId kept) = await MakeThreeAsync(scene);
        (PackId pack, PackEntry entry) = await FindAsync(scene, (await SnapshotAsync(scene, kept)).Tree);
        string name = RepositoryObjects.Pack(pack).Value;
        await RequireStopsAsync(scene, content => content.WithFlip(name, entry.Offset + entry.StoredLength - 1), name);
    }

    [Fact]
    public async Task With_a_missing_tree_nothing_goes()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        (_, _, SnapshotId kept) = await MakeThreeAsync(scene);
        (PackId pack, _) = await FindAsync(scene, (await SnapshotAsync(scene, kept)).Tree);
        await RequireStopsAsync(scene, content => content.With((RepositoryObjects.Pack(pack).Value, null)), "blob");
    }

    [Fact]
    public async Task With_missing_content_nothing_goes()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        await MakeThreeAsync(scene);
        HashSet<BlobId> needed = await NeededOnly.FindNeededAsync(scene.Store, scene.Keys, scene.Test.NewFolder());
        (PackId pack, _) = await FindAsync(scene, entry => entry.Kind == BlobKind.Data && needed.Contains(entry.Id));
        await RequireStopsAsync(scene, content => content.With((RepositoryObjects.Pack(pack).Value, null)), "in no pack");
    }

    [Fact]
    public async Task A_damaged_pack_is_not_rewritten_and_nothing_goes()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId first = await scene.BackUpAsync([.. Enumerable.Range(0, 12).Select(i => ($"f{i}", 6_000))]);
        for (int i = 0; i < 11; i++)
        {
            scene.Source.Root.Remove($"f{i}");
        }

        SnapshotId second = await scene.BackUpAsync();
        await scene.ForgetAsync(first);
        HashSet<BlobId> needed = await NeededOnly.FindNeededAsync(scene.Store, scene.Keys, scene.Test.NewFolder());
        (PackId pack, PackEntry entry) = await FindAsync(scene, entry => entry.Kind == BlobKind.Data && needed.Contains(entry.Id));
        string name = RepositoryObjects.Pack(pack).Value;
        await RequireStopsAsync(scene, content => content.WithFlip(name, entry.Offset + entry.StoredLength - 1), name);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_two_copies_one_goes_and_the_other_stays_but_a_damaged_one_does_not_count(bool isOtherDamaged)
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        StoreContent empty = await StoreContent.ReadAsync(scene.Store);
        SnapshotId first = await scene.BackUpAsync(("a", 6_000));
        IReadOnlyList<PackId> original = await scene.PacksAsync();

        // The same once more, by one who saw none of it.
        MemoryStore apart = empty.ToStore();
        await using (Repository stranger = await scene.Test.OpenAsync(apart))
        {
            await scene.BackUpAsync(stranger);
        }

        StoreContent twice = (await StoreContent.ReadAsync(scene.Store)).With([.. await CopiesAsync(apart)]);
        PackId[] copies = [.. (await scene.PacksAsync(apart)).Except(original)];
        Assert.Equal((2, 2), (original.Count, copies.Length));

        // A prune keeps the first of two; what is damaged is always what it would keep.
        PackId data = await DataPackAsync(scene, twice.ToStore());
        MemoryStore store = (isOtherDamaged ? twice.WithFlip(RepositoryObjects.Pack(data).Value, PackLayout.HeaderLength + PackLayout.RecordOverhead + 100) : twice).ToStore();
        await using Repository other = await scene.Test.OpenAsync(store);
        PruneReport report = await other.PruneAsync(PruneScene.Thorough, null, CancellationToken.None);

        Assert.Equal(isOtherDamaged ? 1 : 2, report.PacksDeleted);
        Assert.Equal(isOtherDamaged ? 3 : 2, (await scene.PacksAsync(store)).Count);
        await scene.Test.RequireRestoresAsync(store, first, RestoredTree.Of(scene.Source));
    }

    [Fact]
    public async Task A_snapshot_that_turns_up_again_after_it_was_forgotten_is_gone_all_the_same()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        (SnapshotId gone, _, SnapshotId kept) = await MakeThreeAsync(scene);
        ObjectName name = RepositoryObjects.Snapshot(kept);
        SnapshotId late = await scene.BackUpAsync(("late", 10_000));
        byte[] content = (await StoreContent.ReadAsync(scene.Store))[RepositoryObjects.Snapshot(late).Value];
        await scene.ForgetAsync(late);
        Assert.True(await scene.Store.PutIfAbsentAsync(RepositoryObjects.Snapshot(late), content, CancellationToken.None));
        scene.Source.Root.Remove("late");

        Assert.DoesNotContain(late, (await scene.Test.SnapshotsAsync(scene.Store)).Select(snapshot => snapshot.Id));
        await Assert.ThrowsAsync<SnapshotNotFoundException>(() => scene.Test.RestoreAsync(scene.Opened, late));
        PruneReport report = await scene.PruneAsync();
        Assert.Equal(2, report.Snapshots);
        Assert.Empty(await NeededOnly.FindOthersAsync(scene.Test, scene.Store));
        Assert.Null(await scene.Store.InfoAsync(RepositoryObjects.Snapshot(late), CancellationToken.None));
        Assert.NotNull(await scene.Store.InfoAsync(name, CancellationToken.None));
        await scene.RequireRestoresAsync(kept);
        Assert.NotEqual(gone, late);
    }

    [Fact]
    public async Task Many_small_packs_and_segments_become_few()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId last = default;
        for (int i = 0; i < 40; i++)
        {
            last = await scene.BackUpAsync(($"f{i:00}", 3_000));
        }

        Assert.True((await scene.NamesAsync("packs")).Count >= 80);
        Assert.Equal(40, (await scene.NamesAsync("index")).Count);
        PruneReport report = await scene.PruneAsync(PruneScene.Thorough with { MaxUnused = 1 });
        Assert.Equal((report.PacksRepacked, 2), (report.PacksDeleted, report.PacksWritten));
        Assert.Equal(2, (await scene.NamesAsync("packs")).Count);
        Assert.InRange((await scene.NamesAsync("index")).Count, 1, 2);
        await scene.RequireRestoresAsync(last);
    }

    /// <summary>One to forget already forgotten, one that may be damaged, one whose files are those of the source.</summary>
    private static async Task<(SnapshotId Gone, SnapshotId Middle, SnapshotId Kept)> MakeThreeAsync(PruneScene scene)
    {
        SnapshotId gone = await scene.BackUpAsync(("gone", 20_000));
        scene.Source.Root.Remove("gone");
        SnapshotId middle = await scene.BackUpAsync(("middle", 15_000));
        scene.Source.Root.Remove("middle");
        SnapshotId kept = await scene.BackUpAsync(("kept", 6_000));
        await scene.ForgetAsync(gone);
        return (gone, middle, kept);
    }

    private static async Task RequireStopsAsync(
        PruneScene scene, Func<StoreContent, StoreContent> damage, string told, Func<Repository, MemoryStore, Task>? afterwards = null)
    {
        MemoryStore store = damage(await StoreContent.ReadAsync(scene.Store)).ToStore();
        IReadOnlyList<string> before = (await StoreContent.ReadAsync(store)).Names;
        await using Repository other = await scene.Test.OpenAsync(store);
        PruneStoppedException exception = await Assert.ThrowsAsync<PruneStoppedException>(() => other.PruneAsync(PruneScene.Thorough, null, CancellationToken.None));
        Assert.Contains(told, exception.Message, StringComparison.Ordinal);
        Assert.Empty(before.Except((await StoreContent.ReadAsync(store)).Names));
        Assert.Empty((await StoreContent.ReadAsync(store)).In("gc"));
        if (afterwards is not null)
        {
            await afterwards(other, store);
        }
    }

    private static async Task<Snapshot> SnapshotAsync(PruneScene scene, SnapshotId id) =>
        await scene.Opened.FindSnapshotAsync(id.ToString(), new SnapshotFilter(), CancellationToken.None);

    private static Task<(PackId Pack, PackEntry Entry)> FindAsync(PruneScene scene, BlobId blob) => FindAsync(scene, entry => entry.Id == blob);

    private static async Task<(PackId Pack, PackEntry Entry)> FindAsync(PruneScene scene, Func<PackEntry, bool> fits)
    {
        await foreach (ObjectInfo info in scene.Store.ListAsync("packs", CancellationToken.None))
        {
            Assert.True(PackId.TryParse(info.Name.Leaf, out PackId pack));
            PackDirectory directory = await PackReader.ReadFooterAsync(scene.Store, scene.Keys, pack, info.Length, CancellationToken.None);
            if (directory.Entries.Any(fits))
            {
                return (pack, directory.Entries.First(fits));
            }
        }

        throw new InvalidOperationException("No pack holds it.");
    }

    /// <summary>The first pack of data.</summary>
    private static async Task<PackId> DataPackAsync(PruneScene scene, MemoryStore store)
    {
        List<PackId> packs = [];
        foreach (PackId pack in await scene.PacksAsync(store))
        {
            long length = (await store.InfoAsync(RepositoryObjects.Pack(pack), CancellationToken.None))!.Value.Length;
            if ((await PackReader.ReadFooterAsync(store, scene.Keys, pack, length, CancellationToken.None)).Kind == PackKind.Data)
            {
                packs.Add(pack);
            }
        }

        return packs.Min();
    }

    private static async Task<IReadOnlyList<(string Name, byte[]? Content)>> CopiesAsync(MemoryStore apart)
    {
        StoreContent content = await StoreContent.ReadAsync(apart);
        return [.. content.In("packs").Concat(content.In("index")).Select(name => (name, (byte[]?)content[name]))];
    }
}
