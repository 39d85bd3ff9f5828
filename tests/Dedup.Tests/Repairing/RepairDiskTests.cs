using Dedup.Crypto;
using Dedup.Format;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Repairing;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Tests.Faults;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Repairing;

/// <summary>
/// Each repair is killed after each system call that changes the store's folder, and the power fails there: what restored before restores, nothing that was there is changed,
/// and the same repair done again completes what was begun.
/// </summary>
public sealed class RepairDiskTests(SmallRepository repository, ITestOutputHelper output) : RepairTestBase(repository), IClassFixture<SmallRepository>
{
    private static readonly SnapshotRepairOptions Thorough = new() { ReadData = true };

    [Theory]
    [InlineData("index")]
    [InlineData("packs")]
    [InlineData("snapshots")]
    [InlineData("records of prunes")]
    public async Task Whichever_call_is_the_last_nothing_is_lost_and_the_next_repair_completes_it(string what)
    {
        RepairCase repair = await MakeAsync(what);
        DiskHistory history = await DiskHistory.RecordAsync(Small.Repository.NewFolder(), repair.Damaged, store => RepairAsync(store, repair));
        foreach (CrashState state in history.States())
        {
            await JudgeAsync(repair, state.Content.ToStore(), state.IsAcknowledged, state.Point);
        }

        Assert.True(history.Calls > 5);
        output.WriteLine($"seed {DiskHistory.Seed}: {history}");
    }

    [Theory]
    [InlineData("index")]
    [InlineData("packs")]
    [InlineData("snapshots")]
    [InlineData("records of prunes")]
    public async Task Whichever_call_fails_nothing_is_lost_and_the_next_repair_completes_it(string what)
    {
        RepairCase repair = await MakeAsync(what);
        int call = 1;
        for (bool isMet = true; isMet; call++)
        {
            FailingDisk disk = new() { FailAt = call, Error = Errno.NoSpace, StaysBroken = call % 2 == 0 };
            string folder = Small.Repository.NewFolder();
            repair.Damaged.WriteTo(folder);
            Exception? failure = await Record.ExceptionAsync(async () =>
            {
                await using LocalStore store = new(folder, disk);
                await RepairAsync(store, repair);
            });
            isMet = disk.Failed is not null;
            Assert.True(failure is null || (isMet && failure is DedupException && failure.Message.Contains("disk is full", StringComparison.Ordinal)), failure?.ToString());
            await using LocalStore left = new(folder);
            await JudgeAsync(repair, (await StoreContent.ReadAsync(left)).ToStore(), isDone: false, $"call {call}, {disk.Failed}");
        }

        Assert.True(call > 5);
        output.WriteLine($"{call - 2} calls failed in turn");
    }

    private async Task<RepairCase> MakeAsync(string what)
    {
        string pack = (await DirectoriesAsync()).Where(directory => directory.Kind == PackKind.Data).Select(directory => RepositoryObjects.Pack(directory.Id).Value).First();
        return what switch
        {
            "index" => new RepairCase(Whole.Without("index"), opened => opened.RepairIndexAsync(isDryRun: false, CancellationToken.None), RequireIndexAsync),
            "packs" => new RepairCase(
                Whole.WithFlip(pack, PackLayout.HeaderLength + PackLayout.SealedRecordHeaderLength),
                opened => opened.RepairPacksAsync(new PackRepairOptions { Replica = Whole.ToStore() }, CancellationToken.None),
                store => RequirePackReplacedAsync(store, pack)),
            "snapshots" => await MakeSnapshotCaseAsync(Whole.With((pack, null))),
            _ => new RepairCase(
                await WithDamagedMarkAsync(), opened => opened.RepairPruneRecordsAsync(isExclusive: true, isDryRun: false, CancellationToken.None), RequirePrunesAsync),
        };
    }

    private async Task<RepairCase> MakeSnapshotCaseAsync(StoreContent damaged)
    {
        SnapshotRepairReport planned = await WithAsync(damaged.ToStore(), opened => opened.RepairSnapshotsAsync(Thorough with { IsDryRun = true }, CancellationToken.None));
        string[] lacking = [.. planned.Repaired.Select(snapshot => snapshot.Original.ToString()).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(lacking);
        return new RepairCase(damaged, opened => opened.RepairSnapshotsAsync(Thorough, CancellationToken.None), store => RequireReplacedAsync(store, lacking));
    }

    private async Task RequireIndexAsync(MemoryStore store)
    {
        await RequireAllRestoresAsync(store);
        Assert.True((await WithAsync(store, opened => opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None))).IsClean);
        Assert.Equal(0, (await WithAsync(store, opened => opened.RepairIndexAsync(isDryRun: true, CancellationToken.None))).PacksListed);
    }

    private async Task RequirePackReplacedAsync(MemoryStore store, string pack)
    {
        await RequireAllRestoresAsync(store);
        await RequireAllRestoresAsync((await StoreContent.ReadAsync(store)).With((pack, null)).ToStore());
    }

    private async Task RequireReplacedAsync(MemoryStore store, string[] lacking)
    {
        IReadOnlyList<Snapshot> all = await Small.Repository.SnapshotsAsync(store);
        Assert.Equal(lacking, all.Where(snapshot => snapshot.Tags.Contains("repaired")).Select(snapshot => snapshot.Parent.ToString()).Order(StringComparer.Ordinal));
        Assert.Empty((await WithAsync(store, opened => opened.RepairSnapshotsAsync(Thorough with { IsDryRun = true }, CancellationToken.None))).Repaired);
    }

    private async Task RequirePrunesAsync(MemoryStore store)
    {
        await WithAsync(store, opened => opened.PruneAsync(new PruneOptions { AllowLargeDeletion = true }, null, CancellationToken.None));
        await RequireAllRestoresAsync(store);
    }

    /// <summary>A prune has condemned every pack, and nobody can read what it condemned.</summary>
    private async Task<StoreContent> WithDamagedMarkAsync()
    {
        MemoryStore store = Whole.ToStore();
        await using Repository opened = await Small.Repository.OpenAsync(store);
        using RepositoryKeys keys = Small.Repository.Keys(opened);
        PackId[] packs = [.. (await DirectoriesAsync()).Select(directory => directory.Id).Order()];
        Assert.True(await new GcLog(store, keys).TryPutAsync(new GcRecord(1, GcStep.Mark, packs, 0, "host", "program"), CancellationToken.None));
        return (await StoreContent.ReadAsync(store)).WithFlip(RepositoryObjects.GcRecord(1, GcStep.Mark).Value, 60);
    }

    private async Task JudgeAsync(RepairCase repair, MemoryStore store, bool isDone, string point)
    {
        try
        {
            await RequireOnlyAddedAsync(repair.Damaged, store);
            SortedDictionary<string, byte[]>[] before = await RestoreAllThatIsLeftAsync(repair.Damaged.ToStore()), after = await RestoreAllThatIsLeftAsync(store);
            Assert.All(before.Zip(after), pair => Assert.Empty(RestoredTree.Missing(pair.First, pair.Second)));
            if (!isDone)
            {
                await RepairAsync(store, repair);
            }

            await repair.RequireRepairedAsync(store);
        }
        catch (Exception exception)
        {
            throw new Xunit.Sdk.XunitException($"{point}: {exception.Message}", exception);
        }
    }

    private async Task RepairAsync(IObjectStore store, RepairCase repair)
    {
        await using Repository opened = await Small.Repository.OpenAsync(store);
        await repair.RunAsync(opened);
    }

    private async Task<SortedDictionary<string, byte[]>[]> RestoreAllThatIsLeftAsync(MemoryStore store)
    {
        List<SortedDictionary<string, byte[]>> trees = [];
        foreach ((SnapshotId id, SortedDictionary<string, byte[]> expected) in Small.Snapshots)
        {
            trees.Add(await RestoreWhatIsLeftAsync(store, id, expected));
        }

        return [.. trees];
    }

    /// <summary>A damaged repository, its repair, and what must hold after it.</summary>
    private sealed record RepairCase(StoreContent Damaged, Func<Repository, Task> RunAsync, Func<MemoryStore, Task> RequireRepairedAsync);
}
