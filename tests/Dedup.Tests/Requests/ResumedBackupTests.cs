using Dedup.Backup;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Requests;

/// <summary>A backup that was cut off goes on later without sending again what arrived.</summary>
public sealed class ResumedBackupTests : IDisposable
{
    private const int Files = 100, FileLength = 2_000_000;

    /// <summary>Trees, an index segment, and the last packs, which are shorter the later run: not worth a look.</summary>
    private const long Slack = 2 << 20;

    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(25, false)]
    [InlineData(50, false)]
    [InlineData(75, false)]
    [InlineData(75, true)]
    public async Task After_the_store_was_lost_nothing_that_arrived_is_sent_again(int percent, bool withoutCache)
    {
        SyntheticSource source = new(new SyntheticDirectory(Files, i => new SyntheticContent(FileLength, (ulong)i + 1)));
        FaultyStore whole = new(new MemoryStore());
        await (await TestRepository.MakeAsync(whole, NewFolder())).BackUpAsync(whole, source);

        CountingStore counting = new(new MemoryStore());
        TestRepository repository = await TestRepository.MakeAsync(counting, NewFolder());
        string cache = repository.NewFolder();
        StoreTraffic before = counting.Traffic;
        FaultyStore failing = new(counting);
        failing.FailMutation(whole.Mutations * percent / 100, new StoreFault(FaultMoment.Before, IsFatal: true));
        await Assert.ThrowsAsync<StoreException>(() => repository.BackUpAsync(failing, source, cache));
        StoreTraffic first = counting.Traffic.Since(before);

        await AssertGoesOnAsync(counting, before, first, repository, source, withoutCache ? null : cache);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(50)]
    [InlineData(75)]
    public async Task After_a_cancellation_nothing_that_arrived_is_sent_again(int percent)
    {
        using CancellationTokenSource cancellation = new();
        MemoryDirectory root = new();
        for (int i = 0; i < Files; i++)
        {
            byte[] content = new byte[FileLength];
            new SyntheticContent(FileLength, (ulong)i + 1).Read(0, content);
            root.File($"file-{i:d3}", content).BeforeNextRead = i == percent ? _ => cancellation.Cancel() : null;
        }

        CountingStore counting = new(new MemoryStore());
        TestRepository repository = await TestRepository.MakeAsync(counting, NewFolder());
        string cache = repository.NewFolder();
        StoreTraffic before = counting.Traffic;
        await using (Repository open = await repository.OpenAsync(counting, cache))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => open.BackupAsync(new MemorySource(root), new BackupOptions(), null, cancellation.Token));
        }

        StoreTraffic first = counting.Traffic.Since(before);
        await AssertGoesOnAsync(counting, before, first, repository, new MemorySource(root), cache);
    }

    private static async Task AssertGoesOnAsync(
        CountingStore counting, StoreTraffic before, StoreTraffic first, TestRepository repository, IBackupSource source, string? cache)
    {
        const long Length = (long)Files * FileLength;
        BackupResult result = await repository.BackUpAsync(counting, source, cache);
        StoreTraffic both = counting.Traffic.Since(before);
        Assert.Equal(Files, result.Snapshot.Statistics.TotalFiles);
        Assert.InRange(both.BytesSent, Length, Length + (Length / 100) + Slack);
        Assert.InRange(result.Snapshot.Statistics.DataAdded, 0, Length - (first.BytesSent * 98 / 100) + Slack);
    }

    private string NewFolder() => Directory.CreateDirectory(Path.Combine(_scratch.Path, Path.GetRandomFileName())).FullName;
}
