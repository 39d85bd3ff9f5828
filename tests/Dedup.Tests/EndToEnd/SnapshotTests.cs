using Dedup.Backup;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.EndToEnd;

/// <summary>Finding and listing snapshots.</summary>
public sealed class SnapshotTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(2));

    private readonly ScratchDirectory _scratch = new();
    private readonly MemoryStore _store = new();
    private Repository _repository = null!;

    public async Task InitializeAsync() => _repository = await TestRepository.CreateByPasswordAsync(_store, _scratch["cache"]);

    public async Task DisposeAsync()
    {
        await _repository.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Snapshots_are_listed_oldest_first_and_latest_is_the_newest_that_fits()
    {
        Snapshot second = await BackUpAsync("b", 2, "x");
        Snapshot first = await BackUpAsync("a", 1, "x", "y");
        Snapshot third = await BackUpAsync("b", 3);
        Assert.Equal([first.Id, second.Id, third.Id], await ListAsync(SnapshotFilter.All));
        Assert.Equal([second.Id, third.Id], await ListAsync(new SnapshotFilter { Hosts = ["b", "c"] }));
        Assert.Equal([first.Id, second.Id], await ListAsync(new SnapshotFilter { Tags = ["x"] }));
        Assert.Equal([first.Id], await ListAsync(new SnapshotFilter { Tags = ["y", "x"] }));
        Assert.Equal(3, (await ListAsync(new SnapshotFilter { Paths = ["/synthetic"] })).Count);
        Assert.Empty(await ListAsync(new SnapshotFilter { Paths = ["/"] }));

        Assert.Equal(third.Id, await FindAsync("latest", SnapshotFilter.All));
        Assert.Equal(first.Id, await FindAsync("latest", new SnapshotFilter { Hosts = ["a"] }));
        await AssertNotFoundAsync("latest", new SnapshotFilter { Hosts = ["z"] }, "no snapshot fits");
    }

    [Fact]
    public async Task A_snapshot_tells_what_it_was_told()
    {
        Snapshot made = await BackUpAsync("host", 5, "tag");
        Snapshot read = await _repository.FindSnapshotAsync(made.Id.ToString(), SnapshotFilter.All, CancellationToken.None);
        Assert.Equal((made.Id, "host", Day.AddDays(5), Day.Offset, made.Tree), (read.Id, read.Host, read.Time, read.Time.Offset, read.Tree));
        Assert.Equal(["tag"], read.Tags);
        Assert.Equal(["/synthetic"], read.Paths);
        Assert.Equal(made.Statistics, read.Statistics);
        Assert.Equal((1, 100), (read.Statistics.TotalFiles, read.Statistics.TotalBytes));
    }

    [Fact]
    public async Task A_snapshot_is_found_by_a_beginning_that_no_other_has()
    {
        // Of 17 ids two begin with the same of 16 digits.
        List<string> ids = [];
        for (int i = 0; i < 17; i++)
        {
            ids.Add((await BackUpAsync("a", i)).Id.ToString());
        }

        string shared = ids.GroupBy(id => id[0]).First(group => group.Count() > 1).Key.ToString();
        await AssertNotFoundAsync(shared, SnapshotFilter.All, "give more digits");
        await AssertNotFoundAsync("no such", SnapshotFilter.All, "there is no snapshot 'no such'");
        Assert.Equal(ids[3], (await FindAsync(ids[3], SnapshotFilter.All)).ToString());
        Assert.Equal(ids[3], (await FindAsync(ids[3][..20], new SnapshotFilter { Hosts = ["not asked"] })).ToString());
    }

    [Fact]
    public async Task A_snapshot_that_is_not_there_is_named_by_whatever_needs_it()
    {
        Assert.True(SnapshotId.TryParse("00112233445566778899aabbccddeeff", out SnapshotId none));
        BackupOptions options = new() { Parent = none };
        Exception[] failures =
        [
            await Assert.ThrowsAsync<SnapshotNotFoundException>(() => _repository.BackupAsync(Source(), options, null, CancellationToken.None)),
            await Assert.ThrowsAsync<SnapshotNotFoundException>(() => _repository.RestoreAsync(none, _scratch["t"], new(), null, CancellationToken.None)),
            await Assert.ThrowsAsync<SnapshotNotFoundException>(() => _repository.DumpAsync(none, "/file", Stream.Null, CancellationToken.None)),
            await Assert.ThrowsAsync<SnapshotNotFoundException>(async () => await _repository.ListEntriesAsync(none, null, true, CancellationToken.None).AnyAsync()),
        ];
        Assert.All(failures, failure => Assert.Contains(none.ToString(), failure.Message, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_scratch["t"]));
    }

    [Fact]
    public async Task The_parent_is_the_newest_of_the_same_host_and_paths_unless_told()
    {
        Snapshot first = await BackUpAsync("a", 1);
        Snapshot other = await BackUpAsync("b", 2);
        Assert.Equal((default, default), (first.Parent, other.Parent));
        Snapshot second = await BackUpAsync("a", 3);
        Assert.Equal((first.Id, 1), (second.Parent, second.Statistics.FilesUnmodified));
        BackupResult told = await _repository.BackupAsync(Source(), new BackupOptions { Host = "a", Parent = other.Id }, null, CancellationToken.None);
        Assert.Equal(other.Id, told.Snapshot.Parent);
        BackupResult all = await _repository.BackupAsync(Source(), new BackupOptions { Host = "a", ReadAll = true }, null, CancellationToken.None);
        Assert.Equal((0, 100, 0), (all.Snapshot.Statistics.FilesUnmodified, all.Snapshot.Statistics.BytesRead, all.Snapshot.Statistics.DataBlobs));
    }

    [Fact]
    public async Task What_a_snapshot_cannot_hold_is_told_before_anything_is_read()
    {
        SyntheticSource unreadable = new(new SyntheticDirectory(1, _ => throw new InvalidOperationException("was read")));
        BackupOptions[] impossible =
        [
            new() { Tags = [new string('x', 5000)] },
            new() { User = new string('x', 5000) },
            new() { Tags = [.. Enumerable.Repeat("x", 2000)] },
        ];
        foreach (BackupOptions options in impossible)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => _repository.BackupAsync(unreadable, options, null, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Statistics_count_what_the_store_holds_and_the_snapshots_restore_to()
    {
        await BackUpAsync("a", 1);
        await BackUpAsync("b", 2);
        RepositoryStatistics all = await _repository.ReadStatisticsAsync(SnapshotFilter.All, CancellationToken.None);
        Assert.Equal((2, 200, 2), (all.Snapshots, all.RestoreBytes, all.RestoreFiles));
        RepositoryStatistics some = await _repository.ReadStatisticsAsync(new SnapshotFilter { Hosts = ["a"] }, CancellationToken.None);
        Assert.Equal((1, 100, 1), (some.Snapshots, some.RestoreBytes, some.RestoreFiles));
        Assert.Equal(await _store.ListAsync("packs", CancellationToken.None).Select(info => info.Length).SumAsync(), all.StoredBytes);
        Assert.Equal(await _store.ListAsync("packs", CancellationToken.None).CountAsync(), all.Packs);
    }

    private static SyntheticSource Source() => SyntheticSource.OfFile(new SyntheticContent(100));

    private async Task<Snapshot> BackUpAsync(string host, int day, params string[] tags) =>
        (await _repository.BackupAsync(Source(), new BackupOptions { Host = host, Time = Day.AddDays(day), Tags = tags }, null, CancellationToken.None)).Snapshot;

    private async Task<SnapshotId> FindAsync(string name, SnapshotFilter filter) => (await _repository.FindSnapshotAsync(name, filter, CancellationToken.None)).Id;

    private async Task AssertNotFoundAsync(string name, SnapshotFilter filter, string message) => Assert.Contains(
        message, (await Assert.ThrowsAsync<SnapshotNotFoundException>(() => FindAsync(name, filter))).Message, StringComparison.Ordinal);

    private async Task<List<SnapshotId>> ListAsync(SnapshotFilter filter) =>
        await _repository.ListSnapshotsAsync(filter, CancellationToken.None).Select(snapshot => snapshot.Id).ToListAsync();
}
