using Dedup.Backup;
using Dedup.Format;
using Dedup.Pruning;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Pruning;

/// <summary>What a prune and a backup owe each other.</summary>
public sealed class PruneBesideBackupTests
{
    private const int MaxAttempts = 8;

    private static readonly ProcessIdentity ElsewhereAlive = new("another machine", 1, 1);

    [Fact]
    public async Task A_prune_waits_for_a_live_backup_and_deletes_nothing_that_it_relies_on()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId kept = await scene.BackUpAsync(("kept", 20_000));
        SnapshotId first = await scene.BackUpAsync(("a", 40_000));
        Snapshot relied = (await scene.Opened.FindSnapshotAsync(first.ToString(), new SnapshotFilter(), CancellationToken.None))!;
        BackupSession session = await BeginAsync(scene, RunningProcess.Current, TimeProvider.System.GetUtcNow());
        await scene.ForgetAsync(first);
        IReadOnlyList<string> packs = await scene.NamesAsync("packs");

        PruneReport postponed = await scene.PruneAsync();
        Assert.Equal([session.Id], postponed.SessionsAwaited);
        Assert.Equal((0, 0), (postponed.PacksDeleted, postponed.SessionsEnded.Count));
        Assert.Empty(packs.Except(await scene.NamesAsync("packs")));

        Assert.True(await session.TryCommitAsync(relied with { Id = session.Id }, CancellationToken.None));
        await scene.PruneAsync();
        await scene.RequireRestoresAsync(session.Id);
        scene.Source.Root.Remove("a");
        await scene.ForgetAsync(session.Id);
        PruneReport done = await scene.PruneAsync();

        Assert.Empty(done.SessionsAwaited);
        Assert.True(done.PacksDeleted > 0, $"{done}");
        await scene.RequireRestoresAsync(kept);
        Assert.Empty(await NeededOnly.FindOthersAsync(scene.Test, scene.Store));
    }

    public static TheoryData<string, int, bool> Sessions => new()
    {
        { "ended", 0, true },
        { "ended", -365 * 24, true },
        { "elsewhere", 0, false },
        { "elsewhere", -23, false },
        { "elsewhere", -25, true },
        { "elsewhere", 365 * 24, true },
        { "elsewhere", -365 * 24, true },
        { "here", -23, false },
        { "here", -25, true },
        { "here", 365 * 24, true },
    };

    [Fault(40, 42)]
    [Theory]
    [MemberData(nameof(Sessions))]
    public async Task A_backup_is_ended_when_its_process_is_dead_or_its_time_is_over_by_whatever_clock(string process, int startedHours, bool isEnded)
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId kept = await scene.BackUpAsync(("kept", 20_000));
        SnapshotId first = await scene.BackUpAsync(("a", 20_000));
        ProcessIdentity identity = process switch
        {
            "ended" => RunningProcess.Current with { StartTicks = RunningProcess.Current.StartTicks - 1 },
            "here" => RunningProcess.Current,
            _ => ElsewhereAlive,
        };
        BackupSession session = await BeginAsync(scene, identity, TimeProvider.System.GetUtcNow().AddHours(startedHours));
        await scene.ForgetAsync(first);
        scene.Source.Root.Remove("a");

        PruneReport report = await scene.PruneAsync();

        Assert.Equal(isEnded ? [session.Id] : [], report.SessionsEnded);
        Assert.Equal(isEnded ? [] : [session.Id], report.SessionsAwaited);
        Assert.Equal(isEnded, report.PacksDeleted > 0);
        Snapshot snapshot = await scene.Opened.FindSnapshotAsync(kept.ToString(), new SnapshotFilter(), CancellationToken.None);
        Assert.Equal(!isEnded, await session.TryCommitAsync(snapshot with { Id = session.Id }, CancellationToken.None));
        await scene.RequireRestoresAsync(kept);
    }

    [Fault(37, 42)]
    [Fact]
    public async Task A_backup_that_a_prune_ends_right_before_its_commit_starts_over_and_restores()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId first = await scene.BackUpAsync(("a", 60_000), ("b", 30_000));
        await scene.ForgetAsync(first);
        int commits = 0;
        HookedStore store = new(scene.Store, async (operation, name) =>
        {
            if (operation == StoreOperation.Put && name.StartsWith("snapshots/", StringComparison.Ordinal) && ++commits == 1)
            {
                // What the backup relies on goes under its feet.
                PruneReport report = await scene.PruneAsync(PruneScene.Thorough with { SessionTimeout = TimeSpan.Zero });
                Assert.Single(report.SessionsEnded);
                Assert.True(report.PacksDeleted > 0);
            }
        });
        await using Repository other = await scene.Test.OpenAsync(store);

        BackupResult result = await scene.BackUpAsync(other);

        Assert.Equal(2, commits);
        Assert.Equal([result.Snapshot.Id], (await scene.Test.SnapshotsAsync(scene.Store)).Select(snapshot => snapshot.Id));
        await scene.RequireRestoresAsync(result.Snapshot.Id);
    }

    [Fact]
    public async Task A_backup_that_is_ended_again_and_again_says_so()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        int ended = 0;
        HookedStore store = new(scene.Store, async (operation, name) =>
        {
            if (operation == StoreOperation.Put && name.StartsWith("snapshots/", StringComparison.Ordinal))
            {
                Assert.True(SnapshotId.TryParse(ObjectName.Parse(name).Leaf, out SnapshotId id));
                ended++;
                Assert.True(await scene.Store.PutIfAbsentAsync(
                    ObjectName.Parse(name), SnapshotFormat.Seal(new SlotAbort(id, 0, "host", "program", "reason"), scene.Keys), CancellationToken.None));
            }
        });
        await using Repository other = await scene.Test.OpenAsync(store);
        SessionFencedException exception = await Assert.ThrowsAsync<SessionFencedException>(() => scene.BackUpAsync(other));
        Assert.Equal(MaxAttempts, ended);
        Assert.Contains("--session-timeout", exception.Message, StringComparison.Ordinal);
        Assert.Empty(await scene.Test.SnapshotsAsync(scene.Store));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_backup_takes_over_nothing_from_condemned_packs_and_lists_none_of_them(bool isUnlisted)
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId first = await scene.BackUpAsync(("a", 60_000));
        IReadOnlyList<PackId> condemned = await scene.PacksAsync();
        MemoryStore store = isUnlisted ? (await StoreContent.ReadAsync(scene.Store)).Without("index").ToStore() : scene.Store;
        Assert.True(await new GcLog(store, scene.Keys).TryPutAsync(
            new GcRecord(1, GcStep.Mark, [.. condemned.Order()], 0, "host", "program"), CancellationToken.None));
        await using Repository other = await scene.Test.OpenAsync(store);

        BackupResult result = await scene.BackUpAsync(other);

        Assert.True(result.Snapshot.Statistics is { DataBlobs: > 0, TreeBlobs: > 0 }, $"{result.Snapshot.Statistics}");
        if (isUnlisted)
        {
            Assert.Empty((await ListedAsync(scene, store)).Intersect(condemned));
        }

        // All that is condemned may go.
        foreach (PackId pack in condemned)
        {
            await store.DeleteAsync(RepositoryObjects.Pack(pack), CancellationToken.None);
        }

        await scene.Test.RequireRestoresAsync(store, result.Snapshot.Id, RestoredTree.Of(scene.Source));
        Assert.NotEqual(first, result.Snapshot.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task With_a_damaged_or_missing_record_backups_store_everything_anew_and_prunes_stop(bool isMissing)
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        await scene.BackUpAsync(("a", 60_000));
        IReadOnlyList<PackId> packs = await scene.PacksAsync();
        GcLog log = new(scene.Store, scene.Keys);
        Assert.True(await log.TryPutAsync(new GcRecord(isMissing ? 2 : 1, GcStep.Mark, [packs.Order().First()], 0, "host", "program"), CancellationToken.None));
        StoreContent content = await StoreContent.ReadAsync(scene.Store);
        MemoryStore store = (isMissing ? content : content.WithFlip("gc/0000000000000001.mark", 100)).ToStore();
        await using Repository other = await scene.Test.OpenAsync(store);

        BackupResult result = await scene.BackUpAsync(other);
        IReadOnlyList<string> before = (await StoreContent.ReadAsync(store)).Names;
        PruneStoppedException exception = await Assert.ThrowsAsync<PruneStoppedException>(() => other.PruneAsync(PruneScene.Thorough, null, CancellationToken.None));

        Assert.Contains("gc/0000000000000001.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, (await StoreContent.ReadAsync(store)).Names);
        Assert.Contains((await other.CheckAsync(global::Dedup.Maintenance.CheckOptions.Structure, null, CancellationToken.None)).Findings, finding => exception.Message.Contains(finding.ObjectName, StringComparison.Ordinal));
        foreach (PackId pack in packs)
        {
            await store.DeleteAsync(RepositoryObjects.Pack(pack), CancellationToken.None);
        }

        await scene.Test.RequireRestoresAsync(store, result.Snapshot.Id, RestoredTree.Of(scene.Source));
    }

    [Fact]
    public async Task A_backup_does_not_commit_into_a_slot_that_was_forgotten()
    {
        await using PruneScene scene = await PruneScene.MakeAsync();
        SnapshotId first = await scene.BackUpAsync(("a", 10_000));
        Snapshot snapshot = await scene.Opened.FindSnapshotAsync(first.ToString(), new SnapshotFilter(), CancellationToken.None);
        BackupSession session = await BeginAsync(scene, RunningProcess.Current, TimeProvider.System.GetUtcNow());

        // An abort that was damaged, and was taken for a snapshot.
        await scene.Store.PutIfAbsentAsync(RepositoryObjects.Snapshot(session.Id), new byte[200], CancellationToken.None);
        await scene.ForgetAsync(session.Id);
        Assert.False(await session.TryCommitAsync(snapshot with { Id = session.Id }, CancellationToken.None));
    }

    private static Task<BackupSession> BeginAsync(PruneScene scene, ProcessIdentity process, DateTimeOffset started) => BackupSession.BeginAsync(
        scene.Store, scene.Keys, "host", process, UnixTime.FromDateTimeOffset(started), "program", CancellationToken.None);

    private static async Task<IReadOnlyList<PackId>> ListedAsync(PruneScene scene, MemoryStore store)
    {
        StoreContent content = await StoreContent.ReadAsync(store);
        return [.. content.In("index").SelectMany(name => IndexSegmentFormat.Open(content[name], scene.Keys, name).Packs).Select(pack => pack.Id)];
    }
}
