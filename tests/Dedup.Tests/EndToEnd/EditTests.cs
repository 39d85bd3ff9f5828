using System.Diagnostics;
using Dedup.Backup;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.EndToEnd;

/// <summary>What a small change of something large adds to a repository. Contents cannot be compressed, so that only deduplication saves.</summary>
public sealed class EditTests(ITestOutputHelper output) : IDisposable
{
    private const long MiB = 1 << 20, GiB = 1 << 30;
    private const int Entries = 1_000_000;

    private readonly ScratchDirectory _scratch = ScratchDirectory.InMemory(2 * GiB);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_byte_inserted_at_the_front_of_a_gibibyte_adds_less_than_four_mebibytes()
    {
        await using LocalStore store = LocalStore.Create(_scratch["repository"]);
        await using Repository repository = await TestRepository.CreateByPasswordAsync(store, _scratch["cache"]);
        long first = await AddAsync(repository, store, SyntheticSource.OfFile(new SyntheticContent(GiB)));
        Assert.InRange(first, GiB, GiB + (GiB / 100));
        long added = await AddAsync(repository, store, SyntheticSource.OfFile(new SyntheticContent(GiB + 1) { Inserted = 1, Version = 1 }));
        Assert.InRange(added, 1, (4 * MiB) - 1);
    }

    [Fact]
    public async Task A_file_changed_among_a_million_adds_less_than_a_mebibyte_and_none_changed_nothing()
    {
        const int changed = 654_321;
        await using LocalStore store = LocalStore.Create(_scratch["repository"]);
        await using Repository repository = await TestRepository.CreateByPasswordAsync(store, _scratch["cache"]);
        await AddAsync(repository, store, Million(0));
        BackupResult unchanged = await BackUpAsync(repository, Million(0));
        Assert.Equal((Entries, 0, 0), (unchanged.Snapshot.Statistics.FilesUnmodified, unchanged.Snapshot.Statistics.TreeBlobs, unchanged.Snapshot.Statistics.DataBlobs));
        long added = await AddAsync(repository, store, Million(1));
        Assert.InRange(added, 1, MiB - 1);

        SyntheticSource Million(int version) =>
            new(new SyntheticDirectory(Entries, i => i == changed ? new SyntheticContent(version) { Version = version } : new SyntheticContent(0)));
    }

    private static async Task<BackupResult> BackUpAsync(Repository repository, SyntheticSource source)
    {
        BackupResult result = await repository.BackupAsync(source, new BackupOptions(), null, CancellationToken.None);
        Assert.Empty(result.Problems);
        return result;
    }

    private async Task<long> AddAsync(Repository repository, LocalStore store, SyntheticSource source)
    {
        long before = await StoreContent.MeasureAsync(store);
        long started = Stopwatch.GetTimestamp();
        await BackUpAsync(repository, source);
        long added = await StoreContent.MeasureAsync(store) - before;
        output.WriteLine($"{added:n0} bytes added in {Stopwatch.GetElapsedTime(started).TotalSeconds:f1} s");
        return added;
    }
}
