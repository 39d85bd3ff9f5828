using Dedup.Repairing;
using Dedup.Storage;
using Dedup.Tests.Faults;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Repairing;

public sealed class PackRepairTests(SmallRepository repository) : RepairTestBase(repository), IClassFixture<SmallRepository>
{
    [Fact]
    public async Task Nothing_is_done_to_whole_packs()
    {
        MemoryStore store = Whole.ToStore();
        PackRepairReport report = await RepairAsync(store, new PackRepairOptions { Replica = Whole.ToStore() });
        Assert.Empty(report.Problems);
        Assert.Equal((Whole.In("packs").Count, 0, 0, 0, 0), (report.PacksRead, report.PacksDamaged, report.BlobsSalvaged, report.BlobsHealed, report.BlobsLost));
        Assert.Equal(0, await RequireOnlyAddedAsync(Whole, store));
    }

    [Fact]
    public async Task Whatever_restored_from_a_damaged_pack_restores_without_it_after_the_repair()
    {
        long salvaged = 0;
        foreach ((string pack, string what, StoreContent damaged) in await DamagedPacksAsync())
        {
            MemoryStore store = damaged.ToStore();
            PackRepairReport dry = await RepairAsync(store, new PackRepairOptions { IsDryRun = true });
            Assert.Equal(0, await RequireOnlyAddedAsync(damaged, store));

            PackRepairReport report = await RepairAsync(store, new PackRepairOptions());
            Assert.True(report.PacksDamaged == 1, $"{what} of {pack}");
            Assert.Contains(report.Problems, problem => problem.ObjectName == pack && problem.Kind == RepairProblemKind.DamagedObject);
            Assert.Equal((dry.BlobsSalvaged, dry.BlobsLost), (report.BlobsSalvaged, report.BlobsLost));
            Assert.Equal(report.BlobsLost, report.Problems.Count(problem => problem.Kind == RepairProblemKind.LostBlob));
            int added = await RequireOnlyAddedAsync(damaged, store);
            salvaged += report.BlobsSalvaged;
            await RequireNothingDependsOnAsync(pack, damaged, store, what);

            PackRepairReport second = await RepairAsync(store, new PackRepairOptions());
            Assert.Equal((0, report.BlobsLost), (second.BlobsSalvaged, second.BlobsLost));
            Assert.Equal(added, await RequireOnlyAddedAsync(damaged, store));
        }

        Assert.NotEqual(0, salvaged);
    }

    [Fact]
    public async Task With_a_replica_everything_restores_without_the_damaged_pack()
    {
        foreach ((string pack, string _, StoreContent damaged) in (await DamagedPacksAsync()).Where((_, number) => number % 4 == 0))
        {
            MemoryStore store = damaged.ToStore();
            PackRepairReport report = await RepairAsync(store, new PackRepairOptions { Replica = Whole.ToStore() });
            Assert.True(report.IsComplete);
            StoreContent repaired = await StoreContent.ReadAsync(store);
            await RequireAllRestoresAsync(store);
            await RequireAllRestoresAsync(repaired.With((pack, null)).ToStore());
            Assert.Equal((0, 0), Written(await RepairAsync(store, new PackRepairOptions { Replica = Whole.ToStore() })));
            Assert.Equal(repaired.Names, (await StoreContent.ReadAsync(store)).Names);
        }
    }

    [Fact]
    public async Task Missing_packs_heal_from_a_replica_though_nothing_lists_them_any_more()
    {
        foreach (StoreContent damaged in Whole.In("packs").Select(pack => Whole.With((pack, null)))
            .Append(Whole.Without("packs")).Append(Whole.Without("packs", "index")))
        {
            MemoryStore store = damaged.ToStore();
            PackRepairReport dry = await RepairAsync(store, new PackRepairOptions { IsDryRun = true, Replica = Whole.ToStore() });
            Assert.Equal(0, await RequireOnlyAddedAsync(damaged, store));
            Assert.NotEqual(0, dry.BlobsHealed);

            PackRepairReport report = await RepairAsync(store, new PackRepairOptions { Replica = Whole.ToStore() });
            Assert.True(report.IsComplete);
            await RequireAllRestoresAsync(store);
            int added = await RequireOnlyAddedAsync(damaged, store);
            Assert.Equal((0, 0), Written(await RepairAsync(store, new PackRepairOptions { Replica = Whole.ToStore() })));
            Assert.Equal(added, await RequireOnlyAddedAsync(damaged, store));
        }
    }

    [Fact]
    public async Task A_replica_that_is_damaged_too_heals_what_it_can()
    {
        string pack = Whole.In("packs")[0];
        MemoryStore store = Whole.With((pack, null)).ToStore();
        PackRepairReport report = await RepairAsync(store, new PackRepairOptions { Replica = Whole.With((pack, [])).ToStore() });
        Assert.False(report.IsComplete);
        Assert.Equal(report.BlobsLost, report.Problems.Count(problem => problem.Kind == RepairProblemKind.LostBlob));
        Assert.Equal(0, await RequireOnlyAddedAsync(Whole.With((pack, null)), store));
    }

    [Fact]
    public async Task Only_the_packs_that_were_named_are_read()
    {
        string first = Whole.In("packs")[0], second = Whole.In("packs")[1];
        MemoryStore store = Whole.WithFlip(first, 200).WithFlip(second, 200).ToStore();
        Assert.True(PackId.TryParse(ObjectName.Parse(first).Leaf, out PackId named));
        PackRepairReport report = await RepairAsync(store, new PackRepairOptions { Packs = [named] });
        Assert.Equal((1, 1), (report.PacksRead, report.PacksDamaged));
        Assert.All(report.Problems, problem => Assert.Equal(first, problem.ObjectName));
    }

    [Fact]
    public async Task Another_repository_is_no_replica()
    {
        MemoryStore other = new();
        await TestRepository.MakeAsync(other, Small.Repository.NewFolder());
        ReplicaMismatchException exception = await Assert.ThrowsAsync<ReplicaMismatchException>(
            () => RepairAsync(Whole.ToStore(), new PackRepairOptions { Replica = other }));
        Assert.Contains("another repository", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RepositoryNotFoundException>(
            () => RepairAsync(Whole.ToStore(), new PackRepairOptions { Replica = new MemoryStore() }));
    }

    private static (long Salvaged, long Healed) Written(PackRepairReport report) => (report.BlobsSalvaged, report.BlobsHealed);

    private async Task RequireNothingDependsOnAsync(string pack, StoreContent damaged, MemoryStore store, string what)
    {
        MemoryStore without = (await StoreContent.ReadAsync(store)).With((pack, null)).ToStore();
        foreach ((SnapshotId id, SortedDictionary<string, byte[]> expected) in Small.Snapshots)
        {
            SortedDictionary<string, byte[]> before = await RestoreWhatIsLeftAsync(damaged.ToStore(), id, expected);
            SortedDictionary<string, byte[]> after = await RestoreWhatIsLeftAsync(without, id, expected);
            Assert.True(RestoredTree.Missing(before, after).Count == 0, $"{what} of {pack}: {string.Join(", ", RestoredTree.Missing(before, after))}");
        }
    }

    private Task<PackRepairReport> RepairAsync(MemoryStore store, PackRepairOptions options) =>
        WithAsync(store, opened => opened.RepairPacksAsync(options, CancellationToken.None));
}
