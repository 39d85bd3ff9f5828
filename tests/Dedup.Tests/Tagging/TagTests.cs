using Dedup.Backup;
using Dedup.Pruning;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Tagging;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Tagging;

public sealed class TagTests : IAsyncLifetime
{
    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 26);
    private readonly MemoryStore _store = new();
    private readonly MemorySource _source = new(new MemoryDirectory());
    private TestRepository _repository = null!;

    public async Task InitializeAsync()
    {
        _repository = await TestRepository.MakeAsync(_store, _folder.Path);
        _source.Root.File("file", "content");
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_snapshot_with_other_tags_takes_the_stead_of_the_old_one()
    {
        Snapshot old = await BackUpAsync("a", "b");
        Snapshot tagged = await TagAsync(_store, old.Id, new TagEdit { Add = ["c", "b"], Remove = ["a"] });
        Assert.Equal(["b", "c"], tagged.Tags);
        Snapshot only = Assert.Single(await _repository.SnapshotsAsync(_store));
        Assert.Equal((tagged.Id, old.Tree, old.Time, old.Host, old.Parent, old.Statistics), (only.Id, only.Tree, only.Time, only.Host, only.Parent, only.Statistics));
        Assert.NotEqual(old.Id, only.Id);
        await _repository.RequireRestoresAsync(_store, only.Id, RestoredTree.Of(_source));

        await using Repository repository = await _repository.OpenAsync(_store);
        ForgottenSnapshot record = Assert.Single(await repository.ListForgottenAsync(CancellationToken.None).ToListAsync());
        Assert.Equal((old.Id, $"tagged anew as {tagged.Id}"), (record.Id, record.Rule));
        Assert.Empty(await repository.FindMissingSnapshotsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Tags_are_replaced_and_taken_away()
    {
        Snapshot old = await BackUpAsync("a", "b");
        Snapshot set = await TagAsync(_store, old.Id, new TagEdit { Set = ["x", "y", "x"] });
        Assert.Equal(["x", "y"], set.Tags);
        Assert.Empty((await TagAsync(_store, set.Id, new TagEdit { Set = [] })).Tags);
    }

    [Fact]
    public async Task A_snapshot_that_has_the_tags_already_stays()
    {
        Snapshot old = await BackUpAsync("a");
        Assert.Equal(old.Id, (await TagAsync(_store, old.Id, new TagEdit { Add = ["a"], Remove = ["z"] })).Id);
        Assert.Empty((await StoreContent.ReadAsync(_store)).In("forgotten"));
    }

    [Fact]
    public async Task Whatever_fails_the_old_snapshot_or_the_new_one_is_there()
    {
        await BackUpAsync("a");
        foreach (FaultMoment moment in Enum.GetValues<FaultMoment>())
        {
            for (int ordinal = 0; ordinal < 6; ordinal++)
            {
                Snapshot last = (await _repository.SnapshotsAsync(_store))[^1];
                FaultyStore faulty = new(_store);
                faulty.FailMutation(ordinal, new StoreFault(moment, IsFatal: true));
                try
                {
                    await TagAsync(faulty, last.Id, new TagEdit { Set = [$"{moment}{ordinal}"] });
                }
                catch (DedupException)
                {
                    // What is left is looked at below.
                }

                IReadOnlyList<Snapshot> left = await _repository.SnapshotsAsync(_store);
                Assert.NotEmpty(left);
                await _repository.RequireRestoresAsync(_store, left[^1].Id, RestoredTree.Of(_source));
            }
        }
    }

    [Fact]
    public async Task A_snapshot_that_is_forgotten_and_pruned_before_the_session_begins_does_not_come_back()
    {
        Snapshot old = await BackUpAsync("a");
        _source.Root.File("file", "something else");
        Snapshot kept = await BackUpAsync("b");
        bool isDone = false;
        HookedStore store = new(_store, async (operation, name) =>
        {
            if (operation == StoreOperation.Put && name.StartsWith("sessions/", StringComparison.Ordinal) && !isDone)
            {
                isDone = true;
                await using Repository other = await _repository.OpenAsync(_store);
                await other.ForgetAsync(old.Id, "by hand", CancellationToken.None);
                await other.PruneAsync(new PruneOptions { MaxUnused = 0, AllowLargeDeletion = true, IsExclusive = true }, null, CancellationToken.None);
            }
        });
        await Assert.ThrowsAsync<SnapshotNotFoundException>(() => TagAsync(store, old.Id, new TagEdit { Add = ["late"] }));
        Assert.Equal(kept.Id, Assert.Single(await _repository.SnapshotsAsync(_store)).Id);
    }

    [Fact]
    public async Task While_condemned_packs_are_not_deleted_yet_nothing_is_tagged()
    {
        Snapshot first = await BackUpAsync("a");
        _source.Root.File("file", "something else");
        Snapshot second = await BackUpAsync("b");
        await using (Repository repository = await _repository.OpenAsync(_store))
        {
            await repository.ForgetAsync(first.Id, "by hand", CancellationToken.None);
            HookedStore faulty = new(_store, (_, name) => name.EndsWith(".sweep", StringComparison.Ordinal) ? throw new StoreException("no sweep") : Task.CompletedTask);
            await using Repository pruning = await _repository.OpenAsync(faulty);
            await Assert.ThrowsAsync<StoreException>(() => pruning.PruneAsync(new PruneOptions { MaxUnused = 0, AllowLargeDeletion = true, IsExclusive = true }, null, CancellationToken.None));
        }

        Assert.Contains((await StoreContent.ReadAsync(_store)).In("gc"), name => name.EndsWith(".mark", StringComparison.Ordinal));
        await Assert.ThrowsAsync<SessionFencedException>(() => TagAsync(_store, second.Id, new TagEdit { Add = ["late"] }));
        Assert.Equal(second.Id, Assert.Single(await _repository.SnapshotsAsync(_store)).Id);
    }

    private async Task<Snapshot> BackUpAsync(params string[] tags) =>
        (await _repository.BackUpAsync(_store, _source, options: new BackupOptions { Host = "web1", Tags = tags })).Snapshot;

    private async Task<Snapshot> TagAsync(IObjectStore store, SnapshotId snapshot, TagEdit edit)
    {
        await using Repository repository = await _repository.OpenAsync(store);
        return await repository.TagAsync(snapshot, edit, CancellationToken.None);
    }
}
