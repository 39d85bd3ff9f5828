using Dedup.Maintenance;
using Dedup.Replication;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Replication;

public sealed class ReplicationTests : IAsyncLifetime
{
    private ReplicaScene _scene = null!;

    public async Task InitializeAsync() => _scene = await ReplicaScene.MakeAsync();

    public Task DisposeAsync()
    {
        _scene.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_replica_opens_with_the_same_password_and_every_snapshot_restores()
    {
        await _scene.BackUpAsync("a");
        await _scene.BackUpAsync("b");
        ReplicationReport report = await _scene.ReplicateAsync();
        Assert.True(report.IsClean);
        Assert.Equal((2, 0, 0), (report.SnapshotsCopied, report.SnapshotsBehind, report.BytesBehind));
        Assert.Equal(2, await _scene.RequireWholeAsync(_scene.Target));
        await using Repository opened = await Repository.OpenAsync(
            _scene.Target, TestRepository.Credentials, new RepositoryOptions { CacheDirectory = _scene.Test.NewFolder() }, CancellationToken.None);
    }

    [Fact]
    public async Task Nobody_misses_a_parent_that_was_forgotten_before_it_came_here()
    {
        SnapshotId parent = await _scene.BackUpAsync("a");
        await _scene.BackUpAsync("b");
        await _scene.ForgetAsync(parent);
        await _scene.ReplicateAsync();
        await using Repository replica = await _scene.Test.OpenAsync(_scene.Target);
        Assert.Empty(await replica.FindMissingSnapshotsAsync(CancellationToken.None));
        Assert.Empty((await replica.CheckAsync(CheckOptions.Everything, null, CancellationToken.None)).Findings);
    }

    [Fact]
    public async Task What_is_there_already_is_not_copied_again()
    {
        await _scene.BackUpAsync("a");
        await _scene.ReplicateAsync();
        FaultyStore counted = new(_scene.Target);
        ReplicationReport second = await _scene.ReplicateAsync(target: counted);
        Assert.Equal((0, 0L), (second.ObjectsCopied, counted.Mutations));
        SnapshotId next = await _scene.BackUpAsync("b", files: 1);
        ReplicationReport third = await _scene.ReplicateAsync(target: counted);
        Assert.Equal(1, third.SnapshotsCopied);
        Assert.Contains(next, await _scene.ListAsync(_scene.Target));
        Assert.Equal(counted.BytesWritten, third.BytesCopied);
    }

    [Fact]
    public async Task A_dry_run_tells_what_a_run_then_does_and_writes_nothing()
    {
        await _scene.BackUpAsync("a");
        await _scene.ReplicateAsync();
        SnapshotId gone = await _scene.BackUpAsync("b");
        await _scene.ReplicateAsync();
        await _scene.ForgetAsync(gone);
        await _scene.PruneAsync();
        await _scene.BackUpAsync("c");
        FaultyStore counted = new(_scene.Target);
        ReplicationReport dry = await _scene.ReplicateAsync(new ReplicationOptions { IsDryRun = true, PruneTarget = true }, target: counted);
        Assert.Equal(0, counted.Mutations);
        ReplicationReport run = await _scene.ReplicateAsync(new ReplicationOptions { PruneTarget = true, AllowLargeDeletion = true });
        Assert.Equal((dry.SnapshotsCopied, dry.ObjectsDeleted, dry.BytesDeleted), (run.SnapshotsCopied, run.ObjectsDeleted, run.BytesDeleted));
        Assert.Equal(1, dry.SnapshotsBehind);
        Assert.True(dry.BytesBehind > 27_000, $"{dry.BytesBehind} bytes behind");
    }

    [Fact]
    public async Task A_snapshot_forgotten_in_the_source_stays_in_the_replica()
    {
        SnapshotId first = await _scene.BackUpAsync("a");
        await _scene.BackUpAsync("b");
        await _scene.ReplicateAsync();
        _scene.Files.Root.Remove("a");
        await _scene.BackUpAsync("c");
        await _scene.ForgetAsync(first);
        Assert.NotEqual(0, (await _scene.PruneAsync()).PacksDeleted);
        ReplicationReport report = await _scene.ReplicateAsync();
        Assert.True(report.IsClean);
        Assert.Equal(1, report.SnapshotsRetained);
        Assert.Contains(first, await _scene.ListAsync(_scene.Target));
        Assert.Equal(3, await _scene.RequireWholeAsync(_scene.Target));
    }

    [Fact]
    public async Task Told_to_prune_it_makes_the_replica_hold_what_the_source_holds_and_who_forgot_the_rest()
    {
        SnapshotId first = await _scene.BackUpAsync("a");
        await _scene.BackUpAsync("b");
        await _scene.ReplicateAsync();
        _scene.Files.Root.Remove("a");
        await _scene.BackUpAsync("c");
        await _scene.ForgetAsync(first);
        await _scene.PruneAsync();
        ReplicationReport report = await _scene.ReplicateAsync(new ReplicationOptions { PruneTarget = true, AllowLargeDeletion = true });
        Assert.Empty(report.Problems);
        Assert.NotEqual(0, report.ObjectsDeleted);
        StoreContent source = await StoreContent.ReadAsync(_scene.Source), target = await StoreContent.ReadAsync(_scene.Target);
        foreach (string folder in (string[])["keys", "packs", "index", "snapshots", "forgotten"])
        {
            Assert.Equal(source.In(folder), target.In(folder));
        }

        Assert.Equal(2, await _scene.RequireWholeAsync(_scene.Target));
    }

    [Fact]
    public async Task Told_to_prune_it_refuses_to_delete_most_of_the_replica()
    {
        SnapshotId first = await _scene.BackUpAsync("a", files: 6);
        await _scene.ReplicateAsync();
        _scene.Files.Root.Remove("a");
        await _scene.BackUpAsync("b", files: 1);
        await _scene.ForgetAsync(first);
        await _scene.PruneAsync();
        StoreContent before = await StoreContent.ReadAsync(_scene.Target);
        ReplicationReport report = await _scene.ReplicateAsync(new ReplicationOptions { PruneTarget = true });
        Assert.Equal(ReplicationProblemKind.DeletionRefused, Assert.Single(report.Problems).Kind);
        Assert.Contains("--allow-large-deletion", report.Problems[0].Message, StringComparison.Ordinal);
        Assert.Empty(before.Names.Except((await StoreContent.ReadAsync(_scene.Target)).Names));
        Assert.Equal(2, await _scene.RequireWholeAsync(_scene.Target));
    }

    [Fact]
    public async Task Told_to_prune_it_deletes_nothing_for_a_source_that_has_lost_its_objects()
    {
        await _scene.BackUpAsync("a");
        SnapshotId second = await _scene.BackUpAsync("b");
        await _scene.ReplicateAsync();
        StoreContent whole = await StoreContent.ReadAsync(_scene.Source), replica = await StoreContent.ReadAsync(_scene.Target);
        ReplicationOptions options = new() { PruneTarget = true, AllowLargeDeletion = true };
        (StoreContent Lost, string Reason)[] losses =
        [
            (whole.Without("packs"), "lists no packs"),
            (whole.Without("snapshots"), "lists no snapshots"),
            (whole.Without("packs", "snapshots", "index"), "lists no packs"),
            (whole.With(($"snapshots/{second}", null)), "neither has nor has forgotten"),
            (whole.With((whole.In("packs")[0], null)), "never pruned"),
        ];
        foreach ((StoreContent lost, string reason) in losses)
        {
            ReplicationReport report = await _scene.ReplicateAsync(options, source: lost.ToStore());
            Assert.Contains(report.Problems, problem => problem.Kind == ReplicationProblemKind.DeletionRefused && problem.Message.Contains(reason, StringComparison.Ordinal));
            Assert.Equal(replica.Names, (await StoreContent.ReadAsync(_scene.Target)).Names);
        }
    }

    [Fact]
    public async Task A_snapshot_that_only_the_replica_has_is_told()
    {
        await _scene.BackUpAsync("a");
        await _scene.ReplicateAsync();
        SnapshotId own = await _scene.BackUpAsync("b", store: _scene.Target);
        ReplicationReport report = await _scene.ReplicateAsync();
        Assert.Equal($"snapshots/{own}", Assert.Single(report.OnlyInTarget));
        Assert.Equal(2, await _scene.RequireWholeAsync(_scene.Target));
    }

    [Fact]
    public async Task A_prune_of_the_replica_itself_is_safe_and_the_next_replication_goes_on()
    {
        SnapshotId first = await _scene.BackUpAsync("a");
        await _scene.BackUpAsync("b");
        await _scene.ReplicateAsync();
        await _scene.PruneAsync();
        await _scene.ForgetAsync(first, _scene.Target);
        await _scene.PruneAsync(_scene.Target);
        Assert.Equal(1, await _scene.RequireWholeAsync(_scene.Target));

        // Prunes of the source have the same numbers as those of the replica.
        _scene.Files.Root.Remove("a");
        await _scene.BackUpAsync("c");
        await _scene.ForgetAsync(first);
        await _scene.PruneAsync();
        ReplicationReport report = await _scene.ReplicateAsync();
        Assert.Empty(report.Problems);
        Assert.Equal(2, await _scene.RequireWholeAsync(_scene.Target));
        await _scene.PruneAsync(_scene.Target);
        Assert.Equal(2, await _scene.RequireWholeAsync(_scene.Target));
        Assert.Empty((await _scene.ReplicateAsync()).Problems);
        Assert.Equal(2, await _scene.RequireWholeAsync(_scene.Target));
    }

    [Fact]
    public async Task Nothing_is_published_while_a_prune_of_the_replica_is_not_complete()
    {
        await _scene.BackUpAsync("a");
        await _scene.ReplicateAsync();
        await _scene.BackUpAsync("b");
        ObjectName mark = RepositoryObjects.GcRecord(1, GcStep.Mark);
        await _scene.Target.PutIfAbsentAsync(mark, new byte[200], CancellationToken.None);
        ReplicationReport report = await _scene.ReplicateAsync();
        Assert.Equal(ReplicationProblemKind.TargetIsPruned, Assert.Single(report.Problems).Kind);
        Assert.Equal((0, 1), (report.SnapshotsCopied, report.SnapshotsBehind));
        await _scene.Target.DeleteAsync(mark, CancellationToken.None);
        Assert.Equal(1, (await _scene.ReplicateAsync()).SnapshotsCopied);
    }

    [Fact]
    public async Task A_prune_of_the_replica_that_begins_meanwhile_makes_it_look_again()
    {
        await _scene.BackUpAsync("a");
        await _scene.ReplicateAsync();
        SnapshotId orphan = await _scene.BackUpAsync("b");
        StoreContent source = await StoreContent.ReadAsync(_scene.Source);

        // The packs are there and their snapshot is not: to a prune of the replica they are garbage.
        await _scene.ReplicateAsync(source: source.With(($"snapshots/{orphan}", null)).ToStore());
        bool isPruned = false;
        HookedStore beside = new(_scene.Target, async (operation, name) =>
        {
            if (!isPruned && operation == StoreOperation.Put && name.StartsWith("snapshots/", StringComparison.Ordinal))
            {
                isPruned = true;
                Assert.NotEqual(0, (await _scene.PruneAsync(_scene.Target)).PacksDeleted);
            }
        });
        ReplicationReport report = await _scene.ReplicateAsync(target: beside);
        Assert.True(isPruned);
        Assert.Equal(2, report.Passes);
        Assert.Empty(report.Problems);
        Assert.Equal(2, await _scene.RequireWholeAsync(_scene.Target));
    }

    [Fact]
    public async Task A_replica_of_a_replica_is_one_too()
    {
        SnapshotId first = await _scene.BackUpAsync("a");
        await _scene.BackUpAsync("b");
        await _scene.ForgetAsync(first);
        await _scene.PruneAsync();
        await _scene.ReplicateAsync();
        MemoryStore third = new();
        Assert.Empty((await _scene.ReplicateAsync(source: _scene.Target, target: third)).Problems);
        Assert.Equal(1, await _scene.RequireWholeAsync(third));
        Assert.Equal((await StoreContent.ReadAsync(_scene.Target)).In("swept"), (await StoreContent.ReadAsync(third)).In("swept"));
    }

    [Fact]
    public async Task A_prune_of_the_source_between_two_halves_of_a_listing_makes_it_look_again()
    {
        SnapshotId first = await _scene.BackUpAsync("a");
        _scene.Files.Root.Remove("a");
        await _scene.BackUpAsync("b");
        await _scene.BackUpAsync("c");
        await _scene.ForgetAsync(first);
        TornListing source = new(_scene.Source, "packs", async () => Assert.NotEqual(0, (await _scene.PruneAsync()).PacksDeleted));
        ReplicationReport report = await _scene.ReplicateAsync(source: source);
        Assert.Equal((2, 2), (report.Passes, report.SnapshotsCopied));
        Assert.Empty(report.Problems);
        Assert.Equal(2, await _scene.RequireWholeAsync(_scene.Target));
    }

    [Fact]
    public async Task A_pack_that_vanishes_makes_it_look_again()
    {
        await _scene.BackUpAsync("a");
        bool isGone = false;
        HookedStore source = new(_scene.Source, async (operation, name) =>
        {
            if (!isGone && operation == StoreOperation.Read && name.StartsWith("packs/", StringComparison.Ordinal))
            {
                isGone = true;
                await _scene.Source.DeleteAsync(ObjectName.Parse(name), CancellationToken.None);
            }
        });
        Assert.Equal(2, (await _scene.ReplicateAsync(source: source)).Passes);
    }

    [Fact]
    public async Task A_snapshot_that_turned_up_again_after_it_was_forgotten_is_not_copied()
    {
        SnapshotId first = await _scene.BackUpAsync("a");
        _scene.Files.Root.Remove("a");
        await _scene.BackUpAsync("b");
        StoreContent before = await StoreContent.ReadAsync(_scene.Source);
        await _scene.ForgetAsync(first);
        await _scene.PruneAsync();
        string name = $"snapshots/{first}";
        _scene.ReplaceSource((await StoreContent.ReadAsync(_scene.Source)).With((name, before[name])));
        Assert.Empty((await _scene.ReplicateAsync()).Problems);
        Assert.DoesNotContain(name, (await StoreContent.ReadAsync(_scene.Target)).Names);
        Assert.Equal(1, await _scene.RequireWholeAsync(_scene.Target));
    }

    [Fact]
    public async Task Told_to_prune_it_deletes_a_forgotten_snapshot_whose_slot_the_source_still_has()
    {
        SnapshotId first = await _scene.BackUpAsync("a");
        _scene.Files.Root.Remove("a");
        await _scene.BackUpAsync("b");
        await _scene.ReplicateAsync();
        StoreContent before = await StoreContent.ReadAsync(_scene.Source);
        await _scene.ForgetAsync(first);
        await _scene.PruneAsync();
        string name = $"snapshots/{first}";
        _scene.ReplaceSource((await StoreContent.ReadAsync(_scene.Source)).With((name, before[name])));
        Assert.Empty((await _scene.ReplicateAsync(new ReplicationOptions { PruneTarget = true, AllowLargeDeletion = true })).Problems);
        Assert.Equal(1, await _scene.RequireWholeAsync(_scene.Target));
    }

    [Fact]
    public async Task A_segment_that_lists_a_pack_which_was_swept_is_no_damage_in_the_replica_either()
    {
        SnapshotId first = await _scene.BackUpAsync("a");
        StoreContent before = await StoreContent.ReadAsync(_scene.Source);
        _scene.Files.Root.Remove("a");
        await _scene.BackUpAsync("b");
        await _scene.ForgetAsync(first);
        await _scene.PruneAsync();

        // As if somebody had written it who looked before the prune decided.
        string late = before.In("index")[0];
        _scene.ReplaceSource((await StoreContent.ReadAsync(_scene.Source)).With((late, before[late])));
        await _scene.RequireWholeAsync(_scene.Source);
        Assert.Empty((await _scene.ReplicateAsync()).Problems);
        StoreContent replica = await StoreContent.ReadAsync(_scene.Target);
        Assert.Contains(late, replica.Names);
        Assert.Empty(replica.In("gc"));
        Assert.Equal(1, await _scene.RequireWholeAsync(_scene.Target));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => _scene.RequireWholeAsync(replica.Without("swept").ToStore()));
    }
}
