using System.Collections.Concurrent;
using Dedup.Backup;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Backup;

public sealed class DryRunTests : IAsyncLifetime
{
    private readonly ScratchDirectory _scratch = new();
    private readonly MemoryStore _store = new();
    private readonly MemoryDirectory _files = new();
    private Repository _repository = null!;

    public async Task InitializeAsync()
    {
        _repository = await TestRepository.CreateByPasswordAsync(_store, _scratch["cache"]);
        Random random = new(20261122);
        MemoryDirectory directory = _files.Directory("directory");
        for (int i = 0; i < 40; i++)
        {
            byte[] content = new byte[random.Next(200_000)];
            random.NextBytes(content.AsSpan(0, content.Length / 2));
            directory.File($"{i}", content);
        }

        directory.File("again", directory.File("large", new byte[6 << 20]).Content);
    }

    public async Task DisposeAsync()
    {
        await _repository.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task A_dry_run_tells_exactly_what_a_backup_adds_and_stores_nothing()
    {
        for (int round = 0; round < 2; round++)
        {
            StoreContent before = await StoreContent.ReadAsync(_store);
            BackupResult rehearsed = await BackUpAsync(new BackupOptions { IsDryRun = true });
            BackupResult again = await BackUpAsync(new BackupOptions { IsDryRun = true });
            Assert.Equal(before.Names, (await StoreContent.ReadAsync(_store)).Names);
            Assert.False(rehearsed.IsCommitted);
            BackupResult result = await BackUpAsync(new BackupOptions());
            Assert.True(result.IsCommitted);

            // Packs are padded at random, and sealed sizes depend on who shares one.
            BackupStatistics real = result.Snapshot.Statistics with { DataAddedPacked = 0 };
            Assert.Equal(real, rehearsed.Snapshot.Statistics with { DataAddedPacked = 0 });
            Assert.Equal(real, again.Snapshot.Statistics with { DataAddedPacked = 0 });
            Assert.InRange(rehearsed.Snapshot.Statistics.DataAddedPacked, result.Snapshot.Statistics.DataAddedPacked * 8 / 10, result.Snapshot.Statistics.DataAddedPacked * 12 / 10);
            _files.File($"new-{round}", new byte[100_000 + round]);
        }

        Assert.Equal(2, await _repository.ListSnapshotsAsync(SnapshotFilter.All, CancellationToken.None).CountAsync());
        Assert.Empty((await _repository.CheckAsync(Dedup.Maintenance.CheckOptions.Everything, null, CancellationToken.None)).Findings);
    }

    [Fact]
    public async Task No_snapshot_is_made_where_nothing_changed_and_that_is_wanted()
    {
        BackupOptions skipping = new() { SkipIfUnchanged = true };
        Assert.True((await BackUpAsync(skipping)).IsCommitted);
        BackupResult second = await BackUpAsync(skipping);
        Assert.Equal((false, true), (second.IsCommitted, second.IsUnchanged));
        Assert.False((await BackUpAsync(skipping with { ReadAll = true })).IsCommitted);
        Assert.True((await BackUpAsync(new BackupOptions())).IsCommitted);
        _files.Remove("directory");
        Assert.True((await BackUpAsync(skipping)).IsCommitted);
        Assert.Equal(3, await _repository.ListSnapshotsAsync(SnapshotFilter.All, CancellationToken.None).CountAsync());
    }

    [Fact]
    public async Task Each_entry_is_told_once_with_what_became_of_it()
    {
        Assert.Equal(43, (await TellAsync()).Count(entry => entry.Change == EntryChange.New));
        MemoryFile changed = _files.File("changed", "one");
        Assert.Equal([new BackedUpEntry("/changed", NodeType.File, EntryChange.New, 3)], (await TellAsync()).Where(entry => entry.Change != EntryChange.Unchanged));
        changed.Write("three"u8.ToArray());
        _files.Link("link", "target");
        IReadOnlyList<BackedUpEntry> told = await TellAsync();
        Assert.Equal(
            [new BackedUpEntry("/changed", NodeType.File, EntryChange.Modified, 5), new BackedUpEntry("/link", NodeType.SymbolicLink, EntryChange.New, 0)],
            told.Where(entry => entry.Change != EntryChange.Unchanged));
        Assert.Equal(45, told.Select(entry => entry.Path).Distinct().Count());
        Assert.Contains(new BackedUpEntry("/directory/large", NodeType.File, EntryChange.Unchanged, 6 << 20), told);
    }

    private async Task<IReadOnlyList<BackedUpEntry>> TellAsync()
    {
        ConcurrentBag<BackedUpEntry> told = [];
        await BackUpAsync(new BackupOptions { EntryDone = told.Add });
        return [.. told.OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }

    private async Task<BackupResult> BackUpAsync(BackupOptions options)
    {
        BackupResult result = await _repository.BackupAsync(new MemorySource(_files), options, null, CancellationToken.None);
        Assert.Empty(result.Problems);
        return result;
    }
}
