using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.EndToEnd;

/// <summary>Whoever is told to stop stops, and leaves nothing that is in the way of the next.</summary>
public sealed class CancellationTests : IAsyncLifetime
{
    private const int Files = 300;

    private readonly ScratchDirectory _scratch = new();
    private readonly LocalStore _store;
    private Repository _repository = null!;

    public CancellationTests() => _store = LocalStore.Create(_scratch["repository"]);

    public async Task InitializeAsync() => _repository = await TestRepository.CreateByPasswordAsync(_store, _scratch["cache"]);

    public async Task DisposeAsync()
    {
        await _repository.DisposeAsync();
        await _store.DisposeAsync();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Files / 2)]
    [InlineData(Files - 1)]
    public async Task A_cancelled_backup_leaves_no_snapshot_and_the_next_one_is_whole(int at)
    {
        using CancellationTokenSource cancellation = new();
        SyntheticSource source = new(new SyntheticDirectory(Files, i =>
        {
            if (i == at)
            {
                cancellation.Cancel();
            }

            return new SyntheticContent(200_000, (ulong)i + 1);
        }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _repository.BackupAsync(source, new BackupOptions(), null, cancellation.Token));
        Assert.Empty(Directory.GetFiles(_scratch["repository/tmp"]));
        Assert.Empty(await _repository.ListSnapshotsAsync(SnapshotFilter.All, CancellationToken.None).ToListAsync());
        await AssertWholeAsync();

        SnapshotId snapshot = await BackUpAsync();
        await AssertWholeAsync();
        await RestoreAsync(_repository, snapshot);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(15)]
    public async Task A_cancelled_restore_leaves_only_entries_of_the_snapshot_and_the_next_one_is_whole(int reads)
    {
        SnapshotId snapshot = await BackUpAsync();
        using CancellationTokenSource cancellation = new();
        CancellingStore cancelling = new(_store, cancellation);
        await using (Repository repository = await TestRepository.OpenByPasswordAsync(cancelling, _scratch["cache"]))
        {
            cancelling.CancelAfter(reads);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                repository.RestoreAsync(snapshot, _scratch["target"], new RestoreOptions(), null, cancellation.Token));
        }

        string[] left = Directory.Exists(_scratch["target"]) ? Directory.GetFileSystemEntries(_scratch["target"]) : [];
        Assert.All(left, path => Assert.StartsWith("entry-", Path.GetFileName(path), StringComparison.Ordinal));
        await RestoreAsync(_repository, snapshot);
        await AssertWholeAsync();
    }

    [Fact]
    public async Task What_is_cancelled_before_it_begins_does_not_begin()
    {
        using CancellationTokenSource cancellation = new();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _repository.BackupAsync(MakeSource(), new BackupOptions(), null, cancellation.Token));
        Assert.Empty(Directory.GetFiles(_scratch["repository/tmp"]));
        await AssertWholeAsync();
    }

    private static SyntheticSource MakeSource() => new(new SyntheticDirectory(Files, i => new SyntheticContent(200_000, (ulong)i + 1)));

    private async Task<SnapshotId> BackUpAsync()
    {
        BackupResult result = await _repository.BackupAsync(MakeSource(), new BackupOptions(), null, CancellationToken.None);
        Assert.Empty(result.Problems);
        return result.Snapshot.Id;
    }

    private async Task RestoreAsync(Repository repository, SnapshotId snapshot)
    {
        RestoreResult result = await repository.RestoreAsync(snapshot, _scratch["target"], new RestoreOptions(), null, CancellationToken.None);
        Assert.True(result.IsComplete);
        byte[] expected = new byte[200_000];
        string[] files = [.. Directory.GetFiles(_scratch["target"]).Order(StringComparer.Ordinal)];
        Assert.Equal(Files, files.Length);
        for (int i = 0; i < files.Length; i++)
        {
            new SyntheticContent(200_000, (ulong)i + 1).Read(0, expected);
            Assert.True(File.ReadAllBytes(files[i]).AsSpan().SequenceEqual(expected));
        }
    }

    private async Task AssertWholeAsync() =>
        Assert.True((await _repository.CheckAsync(CheckOptions.Everything, null, CancellationToken.None)).IsClean);
}
