using Dedup.Catalogue;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Snapshots;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Pruning;

/// <summary>A snapshot that must be there and that the store does not show: what it needs is not deleted.</summary>
public sealed class MissingSnapshotTests
{
    [Fault(31)]
    [Fact]
    public async Task One_that_this_machine_saw_stops_prunes_until_it_is_back_or_forgotten()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId kept = await scene.BackUpAsync(("kept", 20_000));
        SnapshotId hidden = await scene.BackUpAsync(("more", 20_000));
        byte[] slot = await HideAsync(scene, hidden);
        await RequireStoppedAsync(scene, scene.Opened, hidden);

        await scene.Store.PutIfAbsentAsync(RepositoryObjects.Snapshot(hidden), slot, CancellationToken.None);
        await scene.PruneAsync();
        await scene.RequireRestoresAsync(hidden);

        await HideAsync(scene, hidden);
        await RequireStoppedAsync(scene, scene.Opened, hidden);
        Assert.Empty((await scene.Opened.ForgetAsync(hidden, "lost", CancellationToken.None)).Paths);
        Assert.Empty(await scene.Opened.FindMissingSnapshotsAsync(CancellationToken.None));
        Assert.True((await scene.PruneAsync()).PacksDeleted > 0);
        scene.Source.Root.Remove("more");
        await scene.RequireRestoresAsync(kept);
    }

    [Fault(30)]
    [Fact]
    public async Task An_old_whole_state_is_noticed_by_who_saw_a_newer_one_and_stops_prunes()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        await scene.BackUpAsync(("kept", 20_000));
        StoreContent old = await StoreContent.ReadAsync(scene.Store);
        SnapshotId newer = await scene.BackUpAsync(("more", 20_000));
        string cache = scene.Test.NewFolder();
        await using (Repository reader = await scene.Test.OpenAsync(scene.Store, cache))
        {
            Assert.Equal(newer, (await reader.FindSnapshotAsync("latest", new SnapshotFilter(), CancellationToken.None)).Id);
        }

        await using Repository again = await scene.Test.OpenAsync(old.ToStore(), cache);
        await RequireStoppedAsync(scene, again, newer);

        // Who never saw the newer one cannot tell: that is what is promised, and no more.
        await using Repository newcomer = await scene.Test.OpenAsync(old.ToStore());
        Assert.Empty(await newcomer.FindMissingSnapshotsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task It_is_remembered_by_who_only_listed_it_and_when_the_catalogue_is_made_anew()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId hidden = await scene.BackUpAsync(("file", 20_000));
        string cache = scene.Test.NewFolder();
        await using (Repository reader = await scene.Test.OpenAsync(scene.Store, cache))
        {
            Assert.Equal(hidden, (await reader.FindSnapshotAsync("latest", new SnapshotFilter(), CancellationToken.None)).Id);
        }

        await HideAsync(scene, hidden);
        foreach (string catalogue in Directory.EnumerateFiles(cache, "catalogue.db*", SearchOption.AllDirectories))
        {
            File.Delete(catalogue);
        }

        await using Repository other = await scene.Test.OpenAsync(scene.Store, cache);
        await RequireStoppedAsync(scene, other, hidden);
    }

    [Fault(31)]
    [Fact]
    public async Task The_parent_of_another_stops_prunes_of_who_never_saw_it()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId parent = await scene.BackUpAsync(("one", 20_000));
        scene.Source.Root.Remove("one");
        await scene.BackUpAsync(("two", 20_000));
        await HideAsync(scene, parent);
        await using Repository stranger = await scene.Test.OpenAsync(scene.Store);
        await RequireStoppedAsync(scene, stranger, parent, FindingKind.MissingParent);
    }

    [Fact]
    public async Task What_nobody_saw_cannot_be_forgotten()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        await scene.BackUpAsync(("file", 20_000));
        await Assert.ThrowsAsync<SnapshotNotFoundException>(() => scene.Opened.ForgetAsync(SnapshotId.Generate(), "lost", CancellationToken.None));
        Assert.Empty(await scene.NamesAsync("forgotten"));
    }

    [Fact]
    public async Task A_dry_run_passes_over_one_that_is_taken_for_forgotten()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId hidden = await scene.BackUpAsync(("file", 20_000));
        await HideAsync(scene, hidden);
        PruneReport report = await scene.PruneAsync(PruneScene.Thorough with { IsDryRun = true, AssumeForgotten = [hidden] });
        Assert.True(report.PacksDeleted > 0);
    }

    [Fact]
    public async Task Forgotten_ones_are_not_missed()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId first = await scene.BackUpAsync(("file", 20_000));
        SnapshotLedger ledger = new(scene.Opened.CacheDirectory, new Bytes32(Convert.FromHexString(scene.Opened.Id)), scene.Store.Location);
        Assert.Equal([first], ledger.Read());
        await scene.ForgetAsync(first);
        await scene.PruneAsync();
        Assert.Empty(ledger.Read());
        Assert.Empty(await scene.Opened.FindMissingSnapshotsAsync(CancellationToken.None));
    }

    private static async Task<byte[]> HideAsync(PruneScene scene, SnapshotId snapshot)
    {
        byte[] slot = (await StoreContent.ReadAsync(scene.Store))[RepositoryObjects.Snapshot(snapshot).Value];
        await scene.Store.DeleteAsync(RepositoryObjects.Snapshot(snapshot), CancellationToken.None);
        return slot;
    }

    private static async Task RequireStoppedAsync(PruneScene scene, Repository repository, SnapshotId hidden, FindingKind kind = FindingKind.MissingSnapshot)
    {
        IReadOnlyList<string> before = await scene.NamesAsync("packs");
        PruneStoppedException stopped = await Assert.ThrowsAsync<PruneStoppedException>(() => repository.PruneAsync(PruneScene.Thorough, null, CancellationToken.None));
        Assert.Contains($"forget {hidden}", stopped.Message, StringComparison.Ordinal);
        Assert.Equal(before, await scene.NamesAsync("packs"));
        Assert.Equal([hidden], await repository.FindMissingSnapshotsAsync(CancellationToken.None));
        CheckReport check = await repository.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Assert.Equal(kind, Assert.Single(check.Findings, finding => finding.ObjectName == RepositoryObjects.Snapshot(hidden).Value).Kind);
    }
}
