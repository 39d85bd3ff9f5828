using Dedup.Backup;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.EndToEnd;

/// <summary>However many threads work, a backup comes to its end and to the same tree.</summary>
public sealed class ConcurrencyTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public async Task Many_large_files_and_small_ones_between_them_are_backed_up_by_any_number_of_threads(int threads)
    {
        const int large = 24;
        (string, SyntheticContent)[] files =
        [
            .. Enumerable.Range(0, large).Select(i => ($"large-{i:d3}", new SyntheticContent((9 << 20) + i, (ulong)(i % 3) + 1))),
            .. Enumerable.Range(0, 500).Select(i => ($"large-{i % large:d3}-small-{i}", new SyntheticContent(i, (ulong)i + 10))),
        ];
        await using MemoryStore store = new();
        await using (await TestRepository.CreateByPasswordAsync(store, _scratch["cache"]))
        {
        }

        RepositoryOptions options = new() { CacheDirectory = _scratch["cache"], MaxConcurrency = threads };
        await using Repository repository = await Repository.OpenAsync(store, TestRepository.Credentials, options, CancellationToken.None);
        SyntheticSource source = new(new SyntheticDirectory(files));
        BackupResult first = await repository.BackupAsync(source, new BackupOptions(), null, CancellationToken.None);
        BackupResult again = await repository.BackupAsync(source, new BackupOptions { ReadAll = true }, null, CancellationToken.None);
        Assert.Equal((files.Length, files.Sum(file => file.Item2.Length)), (first.Snapshot.Statistics.TotalFiles, first.Snapshot.Statistics.TotalBytes));
        Assert.Equal((first.Snapshot.Tree, 0), (again.Snapshot.Tree, again.Snapshot.Statistics.DataBlobs));
    }

    [Fact]
    public async Task What_fails_in_one_thread_ends_the_backup_with_that()
    {
        await using MemoryStore store = new();
        await using Repository repository = await TestRepository.CreateByPasswordAsync(store, _scratch["cache"]);
        SyntheticSource source = new(new SyntheticDirectory(5000, i => i == 2500 ? throw new InvalidDataException("told") : new SyntheticContent(100, (ulong)i + 1)));
        InvalidDataException failure = await Assert.ThrowsAsync<InvalidDataException>(() => repository.BackupAsync(source, new BackupOptions(), null, CancellationToken.None));
        Assert.Equal("told", failure.Message);
        Assert.Empty(await repository.ListSnapshotsAsync(SnapshotFilter.All, CancellationToken.None).ToListAsync());
    }
}
