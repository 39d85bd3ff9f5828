using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Repairing;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Tests.Faults;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Repairing;

public sealed class SnapshotRepairTests(SmallRepository repository) : RepairTestBase(repository), IClassFixture<SmallRepository>
{
    private static readonly SnapshotRepairOptions Thorough = new() { ReadData = true };

    [Fact]
    public async Task Whole_snapshots_are_left_alone()
    {
        MemoryStore store = Whole.ToStore();
        SnapshotRepairReport report = await RepairAsync(store, Thorough);
        Assert.Empty(report.Problems);
        Assert.Equal((2, 0), (report.SnapshotsRead, report.Repaired.Count));
        Assert.Equal(0, await RequireOnlyAddedAsync(Whole, store));
    }

    [Fact]
    public async Task What_is_made_of_a_damaged_snapshot_restores_and_says_what_is_lost_and_is_made_once()
    {
        int repaired = 0;
        List<StoreContent> cases = [.. (await DamagedPacksAsync()).Select(damage => damage.Damaged)];
        cases.AddRange(Whole.In("packs").Select(pack => Whole.With((pack, null))));
        foreach (StoreContent damaged in cases)
        {
            MemoryStore store = damaged.ToStore();
            SnapshotRepairReport dry = await RepairAsync(store, Thorough with { IsDryRun = true });
            Assert.Equal(0, await RequireOnlyAddedAsync(damaged, store));

            SnapshotRepairReport report = await RepairAsync(store, Thorough);
            Assert.Equal(dry.Repaired, report.Repaired.Select(made => made with { Replacement = null }));
            Assert.Equal(dry.Problems, report.Problems);
            foreach (RepairedSnapshot made in report.Repaired)
            {
                repaired++;
                await RequireHonestAsync(store, made);
            }

            await RequireOnlyAddedAsync(damaged, store);
            StoreContent after = await StoreContent.ReadAsync(store);
            Assert.Empty((await RepairAsync(store, Thorough)).Repaired);
            Assert.Equal(after.Names, (await StoreContent.ReadAsync(store)).Names);
        }

        Assert.True(repaired > 10);
    }

    [Fact]
    public async Task A_new_snapshot_is_the_newest_of_its_place_and_differs_by_its_tag()
    {
        MemoryStore store = (await WithoutDataAsync()).ToStore();
        SnapshotRepairReport report = await RepairAsync(store, new SnapshotRepairOptions());
        Assert.Equal(2, report.Repaired.Count);
        Assert.True(report.IsComplete);
        IReadOnlyList<Snapshot> all = await Small.Repository.SnapshotsAsync(store);
        RepairedSnapshot made = report.Repaired[^1];
        Snapshot old = all.Single(snapshot => snapshot.Id == made.Original), replacement = all.Single(snapshot => snapshot.Id == made.Replacement);
        Assert.Equal(replacement.Id, (await WithAsync(store, opened => opened.FindSnapshotAsync("latest", SnapshotFilter.All, CancellationToken.None))).Id);
        Assert.Equal((old.Host, old.User, old.TimeZone, old.Id), (replacement.Host, replacement.User, replacement.TimeZone, replacement.Parent));
        Assert.Equal(old.Paths, replacement.Paths);
        Assert.Equal([.. old.Tags, "repaired"], replacement.Tags);
        Assert.InRange((replacement.Time - old.Time).Ticks, 1, 1);
        Assert.Equal(old.Statistics.TotalFiles, replacement.Statistics.TotalFiles);
    }

    [Fact]
    public async Task A_backup_after_a_repair_reads_what_was_damaged_again()
    {
        foreach (StoreContent damaged in (StoreContent[])[await WithoutDataAsync(), .. Whole.In("packs").Select(pack => Whole.With((pack, null)))])
        {
            MemoryStore store = damaged.ToStore();
            await RepairAsync(store, new SnapshotRepairOptions());
            BackupResult result = await Small.Repository.BackUpAsync(store, Small.Source);
            Assert.Empty(result.Problems);
            await Small.Repository.RequireRestoresAsync(store, result.Snapshot.Id, RestoredTree.Of(Small.Source));
        }
    }

    [Fact]
    public async Task After_the_damage_is_healed_nothing_is_to_be_repaired()
    {
        string pack = Whole.In("packs")[0];
        MemoryStore store = Whole.With((pack, null)).ToStore();
        await RepairAsync(store, new SnapshotRepairOptions());
        await WithAsync(store, opened => opened.RepairPacksAsync(new PackRepairOptions { Replica = Whole.ToStore() }, CancellationToken.None));
        Assert.Empty((await RepairAsync(store, Thorough)).Repaired);
        await RequireAllRestoresAsync(store);
    }

    [Fact]
    public async Task What_a_check_found_damaged_is_looked_at_without_being_told_to_read_all()
    {
        string pack = (await DirectoriesAsync()).First(directory => directory.Kind == PackKind.Data).Id.ToString();
        string cache = Small.Repository.NewFolder();
        MemoryStore store = Whole.WithFlip($"packs/{pack}", 80 + 64).ToStore();
        Task<SnapshotRepairReport> Repair(Repository opened) => opened.RepairSnapshotsAsync(new SnapshotRepairOptions { IsDryRun = true }, CancellationToken.None);
        Assert.Empty((await WithAsync(store, Repair, cache)).Repaired);
        await WithAsync(store, opened => opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None), cache);
        Assert.NotEmpty((await WithAsync(store, Repair, cache)).Repaired);
    }

    [Fact]
    public async Task A_damaged_snapshot_is_told_and_one_that_was_asked_for_must_be_there()
    {
        string name = Whole.In("snapshots")[0];
        MemoryStore store = Whole.WithFlip(name, 100).ToStore();
        SnapshotRepairReport report = await RepairAsync(store, new SnapshotRepairOptions());
        Assert.Equal((RepairProblemKind.LostSnapshot, name), (Assert.Single(report.Problems).Kind, report.Problems[0].ObjectName));
        Assert.False(report.IsComplete);
        Assert.True(SnapshotId.TryParse(ObjectName.Parse(name).Leaf, out SnapshotId id));
        await Assert.ThrowsAsync<SnapshotNotFoundException>(() => RepairAsync(store, new SnapshotRepairOptions { Snapshots = [id] }));
    }

    /// <summary>The repository without the packs that hold the content of files.</summary>
    private async Task<StoreContent> WithoutDataAsync() => Whole.With(
        [.. (await DirectoriesAsync()).Where(directory => directory.Kind == PackKind.Data)
            .Select(directory => (RepositoryObjects.Pack(directory.Id).Value, (byte[]?)null))]);

    /// <summary>What the new snapshot restores to: the old files or, where the restore says so, files of the same length that differ by zeros.</summary>
    private async Task RequireHonestAsync(MemoryStore store, RepairedSnapshot made)
    {
        SortedDictionary<string, byte[]> expected = Small.Snapshots.Single(snapshot => snapshot.Id == made.Original).Tree;
        (RestoreResult result, SortedDictionary<string, byte[]> tree) = await WithAsync(store, opened => Small.Repository.RestoreAsync(opened, made.Replacement!.Value));
        Assert.True(result.IsComplete, string.Join("; ", result.Problems));
        Assert.Equal(made.DamagedFiles + made.DamagedDirectories > 0, result.Problems.Count > 0 || made.DamagedDirectories > 0);
        foreach (string path in RestoredTree.Wrong(expected, tree))
        {
            Assert.Contains(result.Problems, problem => problem.Path.EndsWith("/" + path, StringComparison.Ordinal));
            Assert.Equal(expected[path].Length, tree[path].Length);
            Assert.All(expected[path].Zip(tree[path]), pair => Assert.True(pair.Second == 0 || pair.First == pair.Second));
        }
    }

    private Task<SnapshotRepairReport> RepairAsync(MemoryStore store, SnapshotRepairOptions options) =>
        WithAsync(store, opened => opened.RepairSnapshotsAsync(options, CancellationToken.None));
}
