using Dedup.Maintenance;
using Dedup.Repairing;
using Dedup.Storage;
using Dedup.Tests.Faults;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Repairing;

public sealed class IndexRepairTests(SmallRepository repository) : RepairTestBase(repository), IClassFixture<SmallRepository>
{
    private const int TrailerLength = 16;

    [Fact]
    public async Task Nothing_is_done_to_a_whole_index()
    {
        MemoryStore store = Whole.ToStore();
        IndexRepairReport report = await RepairAsync(store);
        Assert.Empty(report.Problems);
        Assert.Equal((Whole.In("packs").Count, 0, 0), (report.Packs, report.PacksListed, report.BlobsListed));
        Assert.True(report.IsWhole);
        Assert.Equal(0, await RequireOnlyAddedAsync(Whole, store));
    }

    [Fault(22)]
    [Fact]
    public async Task Missing_and_damaged_segments_are_made_up_for_from_footers_and_the_second_time_nothing_is_done()
    {
        StoreContent flipped = Whole;
        foreach (string segment in Whole.In("index"))
        {
            flipped = flipped.WithFlip(segment, Whole[segment].Length / 2);
        }

        foreach (StoreContent damaged in (StoreContent[])[Whole.Without("index"), flipped, Whole.With((Whole.In("index")[0], []))])
        {
            MemoryStore store = damaged.ToStore();
            IndexRepairReport dry = await RepairAsync(store, isDryRun: true);
            Assert.Equal(0, await RequireOnlyAddedAsync(damaged, store));

            IndexRepairReport report = await RepairAsync(store);
            Assert.True(report.IsWhole);
            Assert.NotEqual(0, report.PacksListed);
            Assert.Equal((report.PacksListed, report.BlobsListed), (dry.PacksListed, dry.BlobsListed));
            int added = await RequireOnlyAddedAsync(damaged, store);

            // A segment, and the session with its decided slot.
            Assert.Equal(3, added);
            await RequireAllRestoresAsync(store);
            CheckReport check = await WithAsync(store, opened => opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None));
            Assert.True(check.IsClean);
            Assert.All(check.Findings, finding => Assert.Equal(FindingKind.SupersededSegment, finding.Kind));

            Assert.Equal(0, (await RepairAsync(store)).PacksListed);
            Assert.Equal(added, await RequireOnlyAddedAsync(damaged, store));
        }
    }

    [Fact]
    public async Task Without_index_and_footers_packs_are_listed_by_scanning_and_a_pack_that_tells_nothing_is_named()
    {
        StoreContent damaged = Whole.Without("index");
        foreach (string pack in Whole.In("packs"))
        {
            damaged = damaged.WithFlip(pack, Whole[pack].Length - TrailerLength - 1);
        }

        MemoryStore store = damaged.ToStore();
        IndexRepairReport report = await RepairAsync(store);
        Assert.Equal(Whole.In("packs").Count, report.PacksListed);
        Assert.False(report.IsWhole);
        await RequireAllRestoresAsync(store);
        Assert.Equal(0, (await RepairAsync(store)).PacksListed);

        string lost = Whole.In("packs")[0];
        report = await RepairAsync(Whole.Without("index").With((lost, [])).ToStore());
        Assert.Equal(lost, Assert.Single(report.Problems).ObjectName);
        Assert.Equal(Whole.In("packs").Count - 1, report.PacksListed);
    }

    [Fact]
    public async Task A_damaged_segment_whose_packs_others_list_too_is_superseded()
    {
        MemoryStore store = Whole.Without("index").ToStore();
        await RepairAsync(store);
        StoreContent damaged = (await StoreContent.ReadAsync(store)).With((Whole.In("index")[0], [1, 2, 3]));
        store = damaged.ToStore();
        IndexRepairReport report = await RepairAsync(store);
        Assert.Equal((1, 0), (report.Problems.Count, report.PacksListed));
        Assert.True((await WithAsync(store, opened => opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None))).IsClean);
        int added = await RequireOnlyAddedAsync(damaged, store);
        Assert.Empty((await RepairAsync(store)).Problems);
        Assert.Equal(added, await RequireOnlyAddedAsync(damaged, store));
    }

    [Fact]
    public async Task A_missing_pack_is_told()
    {
        string lost = Whole.In("packs")[0];
        IndexRepairReport report = await RepairAsync(Whole.With((lost, null)).ToStore());
        RepairProblem problem = Assert.Single(report.Problems);
        Assert.Equal((RepairProblemKind.MissingPack, lost), (problem.Kind, problem.ObjectName));
        Assert.False(report.IsWhole);
    }

    private Task<IndexRepairReport> RepairAsync(MemoryStore store, bool isDryRun = false) =>
        WithAsync(store, opened => opened.RepairIndexAsync(isDryRun, CancellationToken.None));
}
