using Dedup.Repairing;
using Dedup.Replication;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Replication;

public sealed class DamagedReplicationTests : IAsyncLifetime
{
    private ReplicaScene _scene = null!;
    private StoreContent _source = null!;

    public async Task InitializeAsync()
    {
        _scene = await ReplicaScene.MakeAsync();
        await _scene.BackUpAsync("a");
        await _scene.ReplicateAsync();
        await _scene.BackUpAsync("b");
        _source = await StoreContent.ReadAsync(_scene.Source);
    }

    public Task DisposeAsync()
    {
        _scene.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_damaged_pack_is_told_and_not_copied_and_holds_back_the_snapshots_that_may_need_it()
    {
        StoreContent replica = await StoreContent.ReadAsync(_scene.Target);
        string[] packs = [.. _source.In("packs").Except(replica.In("packs"))];
        foreach (StoreContent damaged in (StoreContent[])[_source.WithFlip(packs[0], 100), _source.With((packs[0], [])), _source.With((packs[0], _source[packs[0]][..^1]))])
        {
            MemoryStore target = replica.ToStore();
            ReplicationReport report = await _scene.ReplicateAsync(source: damaged.ToStore(), target: target);
            Assert.Equal(
                [(ReplicationProblemKind.DamagedInSource, packs[0]), (ReplicationProblemKind.SnapshotsHeldBack, "snapshots")],
                report.Problems.Select(problem => (problem.Kind, problem.ObjectName)));
            StoreContent after = await StoreContent.ReadAsync(target);
            Assert.Equal(packs.Skip(1), after.In("packs").Except(replica.In("packs")));
            Assert.Equal((1, 1), (await _scene.RequireWholeAsync(target), report.SnapshotsBehind));

            // Repaired, it goes on.
            Assert.Empty((await _scene.ReplicateAsync(target: target)).Problems);
            Assert.Equal(2, await _scene.RequireWholeAsync(target));
        }
    }

    [Fact]
    public async Task Snapshots_are_published_beside_a_damaged_pack_only_when_that_is_asked_for()
    {
        string pack = _source.In("packs").Except((await StoreContent.ReadAsync(_scene.Target)).In("packs")).First();
        ReplicationReport report = await _scene.ReplicateAsync(new ReplicationOptions { SkipDamaged = true }, source: _source.WithFlip(pack, 100).ToStore());
        Assert.Equal(ReplicationProblemKind.DamagedInSource, Assert.Single(report.Problems).Kind);
        Assert.Equal(1, report.SnapshotsCopied);
        Assert.Equal(2, (await _scene.ListAsync(_scene.Target)).Count);
    }

    [Fact]
    public async Task What_rots_in_the_source_later_stays_whole_in_the_replica()
    {
        await _scene.ReplicateAsync();
        StoreContent replica = await StoreContent.ReadAsync(_scene.Target);
        foreach (string name in _source.In("packs").Concat(_source.In("index")).Concat(_source.In("keys")))
        {
            await _scene.ReplicateAsync(new ReplicationOptions { Verify = true }, source: _source.WithFlip(name, 90).ToStore());
            ReplicationReport cut = await _scene.ReplicateAsync(source: _source.With((name, _source[name][..^1])).ToStore());
            Assert.Contains(cut.Problems, problem => problem.Kind == ReplicationProblemKind.DamagedInSource && problem.ObjectName == name);
        }

        StoreContent after = await StoreContent.ReadAsync(_scene.Target);
        Assert.All(replica.Names, name => Assert.Equal(replica[name], after[name]));
        Assert.Equal(2, await _scene.RequireWholeAsync(_scene.Target));
    }

    [Fact]
    public async Task What_rots_in_the_replica_is_found_by_verifying_and_never_overwritten()
    {
        await _scene.ReplicateAsync();
        StoreContent replica = await StoreContent.ReadAsync(_scene.Target);
        foreach (string name in (string[])[.. replica.Names, .. replica.In("evidence").Except(["evidence/chain"])])
        {
            StoreContent damaged = replica.WithFlip(name, replica[name].Length - 1);
            MemoryStore target = damaged.ToStore();
            if (name != "config")
            {
                Assert.Empty((await _scene.ReplicateAsync(target: target)).Problems);
            }

            ReplicationReport report = await _scene.ReplicateAsync(new ReplicationOptions { Verify = true }, target: target);
            bool isHashed = ObjectName.Parse(name).Folder is "packs" or "index" or "keys";
            Assert.Contains(
                report.Problems,
                problem => problem.ObjectName == name && problem.Kind == (isHashed ? ReplicationProblemKind.DamagedInTarget : ReplicationProblemKind.Differs));
            Assert.Equal(damaged[name], (await StoreContent.ReadAsync(target))[name]);

            // As the message says: away with it, and it is copied again.
            if (name != "config")
            {
                await target.DeleteAsync(ObjectName.Parse(name), CancellationToken.None);
                Assert.Empty((await _scene.ReplicateAsync(target: target)).Problems);
                Assert.Equal(2, await _scene.RequireWholeAsync(target));
            }
        }
    }

    [Fact]
    public async Task Everything_is_verified_when_asked_for()
    {
        await _scene.ReplicateAsync();
        ReplicationReport report = await _scene.ReplicateAsync(new ReplicationOptions { Verify = true });
        Assert.Empty(report.Problems);
        Assert.Equal(_source.In("keys").Count + _source.In("packs").Count + _source.In("index").Count + _source.In("snapshots").Count + _source.In("evidence").Count, report.ObjectsVerified);
    }

    [Fact]
    public async Task A_target_that_is_something_else_is_refused_and_left_alone()
    {
        MemoryStore other = new();
        await TestRepository.MakeAsync(other, _scene.Test.NewFolder());
        StoreContent replica = await StoreContent.ReadAsync(_scene.Target);
        foreach (MemoryStore target in (MemoryStore[])
        [
            other,
            new StoreContent { ["readme.txt"] = [1] }.ToStore(),
            new StoreContent { ["packs/ab"] = [1] }.ToStore(),
            new StoreContent { ["keys/ab"] = [1] }.ToStore(),
            new StoreContent { ["config"] = [1, 2, 3] }.ToStore(),
            replica.With(("config", null)).ToStore(),
        ])
        {
            StoreContent before = await StoreContent.ReadAsync(target);
            await Assert.ThrowsAsync<ReplicationRefusedException>(() => _scene.ReplicateAsync(target: target));
            Assert.Equal(before.Names, (await StoreContent.ReadAsync(target)).Names);
        }

        await Assert.ThrowsAsync<RepositoryNotFoundException>(() => _scene.ReplicateAsync(source: new MemoryStore()));
    }

    [Fact]
    public async Task A_read_that_comes_wrong_once_is_asked_for_again()
    {
        int flipped = 0;
        FlippingStore source = new(_scene.Source, name => name.StartsWith("packs/", StringComparison.Ordinal) && flipped++ == 0);
        Assert.Empty((await _scene.ReplicateAsync(source: source)).Problems);
        Assert.NotEqual(0, flipped);
        Assert.Equal(2, await _scene.RequireWholeAsync(_scene.Target));
    }

    [Fact]
    public async Task A_primary_that_lost_objects_of_every_kind_is_healed_from_its_replica()
    {
        await _scene.ReplicateAsync();
        string pack = _source.In("packs")[0], damaged = _source.In("packs")[1];
        foreach (StoreContent lost in (StoreContent[])
        [
            _source.Without("snapshots"),
            _source.Without("index"),
            _source.Without("snapshots", "index", "packs"),
            _source.Without("snapshots", "index").With((pack, null)).WithFlip(damaged, 100),
        ])
        {
            MemoryStore primary = lost.ToStore();
            await using (Repository opened = await _scene.Test.OpenAsync(primary))
            {
                PackRepairReport repair = await opened.RepairPacksAsync(new PackRepairOptions { Replica = _scene.Target }, CancellationToken.None);
                Assert.True(repair.IsComplete);
            }

            ReplicationReport back = await _scene.ReplicateAsync(source: _scene.Target, target: primary);
            Assert.Empty(back.Problems);
            Assert.Equal(2, await _scene.RequireWholeAsync(primary, except: damaged));
        }
    }

    [Fact]
    public async Task What_the_primary_forgot_does_not_come_back_from_its_replica()
    {
        await _scene.ReplicateAsync();
        SnapshotId forgotten = (await _scene.ListAsync(_scene.Source))[0];
        await _scene.ForgetAsync(forgotten);
        Assert.Empty((await _scene.ReplicateAsync(source: _scene.Target, target: _scene.Source)).Problems);
        Assert.DoesNotContain(forgotten, await _scene.ListAsync(_scene.Source));
        Assert.DoesNotContain($"snapshots/{forgotten}", (await StoreContent.ReadAsync(_scene.Source)).Names);
    }
}
