using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Repairing;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Tests.Pruning;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Repairing;

/// <summary>A damaged or missing record stops all prunes and makes backups store everything anew, until it is repaired.</summary>
public sealed class PruneRecordRepairTests
{
    [Fact]
    public async Task A_damaged_mark_is_closed_and_its_prune_deletes_nothing()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        await CondemnAllAsync(scene, GcStep.Mark);
        await RequireRepairsAsync(scene, RepositoryObjects.GcRecord(1, GcStep.Mark).Value, needsExclusiveUse: false);
    }

    [Fact]
    public async Task A_damaged_sweep_is_closed_when_nobody_can_be_deleting()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        await CondemnAllAsync(scene, GcStep.Mark);
        await CondemnAllAsync(scene, GcStep.Sweep);
        await RequireRepairsAsync(scene, RepositoryObjects.GcRecord(1, GcStep.Sweep).Value, needsExclusiveUse: true);
    }

    [Fact]
    public async Task A_missing_record_is_made_up_for_when_nobody_can_be_deleting()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        await new GcLog(scene.Store, scene.Keys).TryPutAsync(new GcRecord(2, GcStep.Mark, [], 0, "host", "program"), CancellationToken.None);
        await RequireRepairsAsync(scene, damaged: null, needsExclusiveUse: true);
    }

    [Fact]
    public async Task Who_read_a_mark_before_it_was_damaged_deletes_nothing_after_the_repair()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        await CondemnAllAsync(scene, GcStep.Mark);
        MemoryStore damaged = (await StoreContent.ReadAsync(scene.Store)).WithFlip(RepositoryObjects.GcRecord(1, GcStep.Mark).Value, 60).ToStore();
        await RepairAsync(scene, damaged, isExclusive: false);
        Assert.False(await new GcLog(damaged, scene.Keys).TryPutAsync(
            new GcRecord(1, GcStep.Sweep, [.. await scene.PacksAsync()], 0, "host", "program"), CancellationToken.None));
    }

    [Fact]
    public async Task A_number_far_beyond_the_last_prune_is_named_and_nothing_is_written()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        StoreContent content = (await StoreContent.ReadAsync(scene.Store)).With((RepositoryObjects.GcRecord(1L << 40, GcStep.Mark).Value, [1]));
        MemoryStore store = content.ToStore();
        PruneRecordRepairReport report = await RepairAsync(scene, store, isExclusive: true);
        Assert.False(report.IsComplete);
        Assert.Contains(report.Problems, problem => problem.ObjectName == RepositoryObjects.GcRecord(1L << 40, GcStep.Mark).Value);
    }

    [Fact]
    public async Task Nothing_is_done_where_nothing_is_damaged()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        await CondemnAllAsync(scene, GcStep.Mark);
        StoreContent before = await StoreContent.ReadAsync(scene.Store);
        PruneRecordRepairReport report = await RepairAsync(scene, scene.Store, isExclusive: true);
        Assert.Equal((0, 1, 0, true), (report.Problems.Count, report.Prunes, report.RecordsWritten, report.IsComplete));
        Assert.Equal(before.Names, (await StoreContent.ReadAsync(scene.Store)).Names);
    }

    private static async Task CondemnAllAsync(PruneScene scene, GcStep step) =>
        Assert.True(await new GcLog(scene.Store, scene.Keys).TryPutAsync(
            new GcRecord(1, step, [.. (await scene.PacksAsync()).Order()], 0, "host", "program"), CancellationToken.None));

    /// <summary>Before, prunes stop; a dry run writes nothing; after, prunes go on, and everything is there.</summary>
    private static async Task RequireRepairsAsync(PruneScene scene, string? damaged, bool needsExclusiveUse)
    {
        StoreContent content = await StoreContent.ReadAsync(scene.Store);
        MemoryStore store = (damaged is null ? content : content.WithFlip(damaged, 60)).ToStore();
        string told = (await Assert.ThrowsAsync<PruneStoppedException>(() => PruneAsync(scene, store))).Message;
        Assert.Contains("repair prunes", told, StringComparison.Ordinal);

        PruneRecordRepairReport careful = await RepairAsync(scene, store, isExclusive: false, isDryRun: !needsExclusiveUse);
        Assert.Equal(!needsExclusiveUse, careful.IsComplete);
        Assert.Equal(content.Names, (await StoreContent.ReadAsync(store)).Names);

        PruneRecordRepairReport report = await RepairAsync(scene, store, isExclusive: needsExclusiveUse);
        Assert.True(report.IsComplete);
        Assert.Equal(1, report.RecordsWritten);
        await PruneAsync(scene, store);
        await using Repository opened = await scene.Test.OpenAsync(store);
        CheckReport check = await opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Assert.DoesNotContain(check.Findings, finding => finding.ObjectName != damaged);
        Assert.Equal(0, (await RepairAsync(scene, store, isExclusive: true)).RecordsWritten);
    }

    private static async Task<PruneReport> PruneAsync(PruneScene scene, IObjectStore store)
    {
        await using Repository opened = await scene.Test.OpenAsync(store);
        return await opened.PruneAsync(new PruneOptions { AllowLargeDeletion = true }, null, CancellationToken.None);
    }

    private static async Task<PruneRecordRepairReport> RepairAsync(PruneScene scene, IObjectStore store, bool isExclusive, bool isDryRun = false)
    {
        await using Repository opened = await scene.Test.OpenAsync(store);
        return await opened.RepairPruneRecordsAsync(isExclusive, isDryRun, CancellationToken.None);
    }
}
