using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Pruning;

/// <summary>What forget and prune promise to one who is alone with a repository.</summary>
public sealed class PruneTests : IAsyncLifetime
{
    private const int Seed = 20261122;

    private static readonly PruneOptions Thorough = new() { MaxUnused = 0, AllowLargeDeletion = true };

    private readonly ScratchDirectory _scratch = new();
    private readonly MemoryStore _store = new();
    private readonly Random _random = new(Seed);
    private TestRepository _repository = null!;
    private Repository _opened = null!;

    public async Task InitializeAsync()
    {
        _repository = await TestRepository.MakeAsync(_store, _scratch.Path);
        _opened = await _repository.OpenAsync(_store);
    }

    public async Task DisposeAsync()
    {
        await _opened.DisposeAsync();
        await _store.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task What_only_a_forgotten_snapshot_needs_goes_and_the_others_restore()
    {
        (SnapshotId first, _) = await BackUpAsync(("a", 300_000), ("b", 200_000));
        _source.Root.Remove("a");
        _source.Root.Remove("b");
        (SnapshotId second, SortedDictionary<string, byte[]> tree) = await BackUpAsync(("c", 250_000));
        await _opened.ForgetAsync(first, "by hand", CancellationToken.None);
        long before = await PackBytesAsync();

        PruneReport report = await _opened.PruneAsync(Thorough, null, CancellationToken.None);

        Assert.True(report.BytesFreed > 490_000, $"{report}");
        Assert.Equal(before - report.BytesFreed, await PackBytesAsync());
        await RequireWholeAsync((second, tree));
        Assert.Equal([first], await _opened.ListForgottenAsync(CancellationToken.None).Select(record => record.Id).ToListAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(0.5)]
    public async Task A_dry_run_says_exactly_what_then_happens(double maxUnused)
    {
        List<(SnapshotId Id, SortedDictionary<string, byte[]> Tree)> snapshots = [];
        for (int i = 0; i < 6; i++)
        {
            foreach (EntryName name in _source.Root.Entries.Keys.Take(3).ToArray())
            {
                _source.Root.Remove(name.ToString());
            }

            snapshots.Add(await BackUpAsync([.. Enumerable.Range(0, 12).Select(file => ($"f{(i * 3) + file}", 30_000 + (1000 * file)))]));
        }

        PruneOptions options = new() { MaxUnused = maxUnused, AllowLargeDeletion = true };
        SnapshotId[] forgotten = [snapshots[0].Id, snapshots[2].Id, snapshots[3].Id];
        PruneReport told = await _opened.PruneAsync(options with { IsDryRun = true, AssumeForgotten = forgotten }, null, CancellationToken.None);
        foreach (SnapshotId id in forgotten)
        {
            await _opened.ForgetAsync(id, "by hand", CancellationToken.None);
        }

        long before = await PackBytesAsync();
        PruneReport toldAgain = await _opened.PruneAsync(options with { IsDryRun = true }, null, CancellationToken.None);
        PruneReport done = await _opened.PruneAsync(options, null, CancellationToken.None);

        Assert.True(told.BytesFreed > 0, $"{told}");
        Assert.Equal(told, toldAgain);
        Assert.Equal(told with { IsDryRun = false, Cost = null }, done with { SessionsEnded = told.SessionsEnded, SessionsAwaited = told.SessionsAwaited });
        Assert.Equal(before - told.BytesFreed, await PackBytesAsync());
        await RequireWholeAsync(snapshots[1], snapshots[4], snapshots[5]);
        PruneReport left = await _opened.PruneAsync(options with { IsDryRun = true }, null, CancellationToken.None);
        Assert.Equal((done.UnusedBytesLeft, 0), (left.UnusedBytes, left.PacksDeleted));
    }

    [Fact]
    public async Task A_prune_with_nothing_to_do_changes_nothing()
    {
        (SnapshotId, SortedDictionary<string, byte[]>) snapshot = await BackUpAsync(("a", 100_000));
        await _opened.PruneAsync(Thorough, null, CancellationToken.None);
        IReadOnlyList<string> before = (await StoreContent.ReadAsync(_store)).Names;
        PruneReport report = await _opened.PruneAsync(Thorough, null, CancellationToken.None);
        Assert.Equal((0, 0, 0), (report.PacksDeleted, report.PacksWritten, report.BytesFreed));
        Assert.Equal(before, (await StoreContent.ReadAsync(_store)).Names);
        await RequireWholeAsync(snapshot);
    }

    [Fact]
    public async Task Packs_of_which_little_is_needed_are_rewritten()
    {
        (SnapshotId first, _) = await BackUpAsync([.. Enumerable.Range(0, 20).Select(i => ($"f{i}", 40_000))]);
        _source.Root.Remove("f3");
        (SnapshotId second, SortedDictionary<string, byte[]> tree) = await BackUpAsync();
        await _opened.ForgetAsync(first, "by hand", CancellationToken.None);

        PruneReport report = await _opened.PruneAsync(Thorough, null, CancellationToken.None);

        Assert.True(report is { PacksRepacked: > 0, PacksWritten: > 0, UnusedBytesLeft: 0 }, $"{report}");
        await RequireWholeAsync((second, tree));
    }

    [Fault(58)]
    [Fact]
    public async Task More_than_half_goes_only_when_that_is_meant()
    {
        (SnapshotId first, _) = await BackUpAsync(("a", 500_000));
        _source.Root.Remove("a");
        (SnapshotId, SortedDictionary<string, byte[]>) second = await BackUpAsync(("b", 20_000));
        await _opened.ForgetAsync(first, "by hand", CancellationToken.None);
        IReadOnlyList<string> before = (await StoreContent.ReadAsync(_store)).Names;

        PruneStoppedException exception = await Assert.ThrowsAsync<PruneStoppedException>(
            () => _opened.PruneAsync(new PruneOptions(), null, CancellationToken.None));

        Assert.Contains("--allow-large-deletion", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, (await StoreContent.ReadAsync(_store)).Names);
        await _opened.PruneAsync(new PruneOptions { AllowLargeDeletion = true }, null, CancellationToken.None);
        await RequireWholeAsync(second);
    }

    [Fact]
    public async Task The_next_backup_after_a_prune_reads_nothing_and_looks_at_no_blob()
    {
        (SnapshotId first, _) = await BackUpAsync(("a", 100_000), ("b", 100_000));
        _source.Root.Remove("a");
        await BackUpAsync();
        await _opened.ForgetAsync(first, "by hand", CancellationToken.None);
        PruneReport report = await _opened.PruneAsync(Thorough, null, CancellationToken.None);
        Assert.True(report.PacksDeleted > 0);
        long filesOpened = _source.FilesOpened;

        BackupResult again = await _opened.BackupAsync(_source, new BackupOptions(), null, CancellationToken.None);

        Assert.Equal((filesOpened, 0L, 0L), (_source.FilesOpened, again.Snapshot.Statistics.DataBlobs, again.Snapshot.Statistics.TreeBlobs));
    }

    private readonly MemorySource _source = new(new MemoryDirectory());

    private async Task<(SnapshotId Id, SortedDictionary<string, byte[]> Tree)> BackUpAsync(params (string Name, int Length)[] files)
    {
        foreach ((string name, int length) in files.Where(file => !_source.Root.Entries.ContainsKey(EntryName.FromText(file.Name))))
        {
            byte[] content = new byte[length];
            _random.NextBytes(content);
            _source.Root.File(name, content);
        }

        BackupResult result = await _opened.BackupAsync(_source, new BackupOptions(), null, CancellationToken.None);
        return (result.Snapshot.Id, RestoredTree.Of(_source));
    }

    private async Task<long> PackBytesAsync() => (await _store.ListAsync("packs", CancellationToken.None).ToListAsync()).Sum(info => info.Length);

    /// <summary>Asserts that snapshots restore for one who knows the repository and for one who does not, and that nothing is damaged.</summary>
    private async Task RequireWholeAsync(params (SnapshotId Id, SortedDictionary<string, byte[]> Tree)[] snapshots)
    {
        await using Repository stranger = await _repository.OpenAsync(_store);
        foreach (Repository repository in (Repository[])[_opened, stranger])
        {
            CheckReport check = await repository.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
            Assert.Empty(check.Findings);
            foreach ((SnapshotId id, SortedDictionary<string, byte[]> tree) in snapshots)
            {
                (_, SortedDictionary<string, byte[]> restored) = await _repository.RestoreAsync(repository, id);
                Assert.Empty(RestoredTree.Missing(tree, restored));
                Assert.Empty(RestoredTree.Wrong(tree, restored));
            }
        }
    }
}
