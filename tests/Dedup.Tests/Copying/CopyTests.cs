using Dedup.Backup;
using Dedup.Copying;
using Dedup.Pruning;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Copying;

public sealed class CopyTests : CopyTestBase
{
    [Fact]
    public async Task A_copied_snapshot_is_the_same_in_another_repository()
    {
        Fill("a", 3);
        Files.Root.File("large", Noise(900_000));
        Files.Root.File("empty", []);
        SnapshotId id = await BackUpAsync(new BackupOptions { Host = "web1", Tags = ["nightly"] });
        CopyReport report = await CopyAsync();
        CopiedSnapshot copied = Assert.Single(report.Snapshots);
        Assert.Equal((id, false), (copied.Original, copied.WasThere));
        Snapshot original = Assert.Single(await From.SnapshotsAsync(Source)), copy = Assert.Single(await To.SnapshotsAsync(Target));
        Assert.Equal((original.Time, original.Host, original.User, original.Duration, original.Statistics), (copy.Time, copy.Host, copy.User, copy.Duration, copy.Statistics));
        Assert.Equal(original.Paths, copy.Paths);
        Assert.Equal(original.Tags, copy.Tags);
        Assert.NotEqual(original.Tree, copy.Tree);
        Assert.Equal(await EntriesAsync(From, Source, original.Id), await EntriesAsync(To, Target, copy.Id));
        await RequireWholeAsync();
    }

    [Fact]
    public async Task What_the_target_has_is_neither_read_nor_stored_again()
    {
        Fill("a", 3);
        await BackUpAsync();
        CopyReport first = await CopyAsync();
        CopyReport again = await CopyAsync();
        Assert.True(Assert.Single(again.Snapshots).WasThere);
        Assert.Equal((0L, 0L), (again.BytesRead, again.BlobsStored));
        Fill("b", 1);
        await BackUpAsync();
        CopyReport next = await CopyAsync();
        Assert.Equal(3_000, next.BytesRead);
        Assert.True(next.BlobsStored < first.BlobsStored);
        await RequireWholeAsync();

        // Without what this machine remembers everything is read, and nothing stored that is there.
        Fill("c", 1);
        await BackUpAsync();
        Cache = To.NewFolder();
        CopyReport forgetful = await CopyAsync();
        Assert.True(forgetful.BytesRead > next.BytesRead);
        Assert.True(forgetful.BlobsStored <= next.BlobsStored);
        await RequireWholeAsync();
    }

    [Fact]
    public async Task Only_chosen_snapshots_are_copied()
    {
        Fill("a", 1);
        await BackUpAsync();
        Fill("b", 1);
        SnapshotId second = await BackUpAsync();
        Assert.Equal(second, Assert.Single((await CopyAsync(second)).Snapshots).Original);
        Assert.Single(await To.SnapshotsAsync(Target));
        await Assert.ThrowsAsync<SnapshotNotFoundException>(() => CopyAsync(SnapshotId.Generate()));
    }

    [Fact]
    public async Task What_a_prune_took_from_the_target_is_copied_again()
    {
        Fill("a", 3);
        await BackUpAsync();
        SnapshotId copy = (await CopyAsync()).Snapshots[0].Copy;
        await using (Repository opened = await To.OpenAsync(Target))
        {
            await opened.ForgetAsync(copy, "by hand", CancellationToken.None);
            await opened.PruneAsync(new PruneOptions { AllowLargeDeletion = true, IsExclusive = true, SessionTimeout = TimeSpan.Zero, MaxUnused = 0 }, null, CancellationToken.None);
        }

        CopyReport report = await CopyAsync();
        Assert.False(Assert.Single(report.Snapshots).WasThere);
        await RequireWholeAsync();
    }

    [Fact]
    public async Task A_damaged_snapshot_is_told_and_the_others_are_copied()
    {
        Fill("a", 2);
        SnapshotId first = await BackUpAsync();
        StoreContent before = await StoreContent.ReadAsync(Source);
        Files.Root.Remove("a");
        Fill("b", 2);
        await BackUpAsync();
        StoreContent content = await StoreContent.ReadAsync(Source);
        CopyReport report = await CopyFromAsync(content.With([.. before.In("packs").Select(pack => (pack, (byte[]?)null))]).ToStore());
        Assert.Equal(first, Assert.Single(report.Problems).Snapshot);
        Assert.Single(report.Snapshots);
        await RequireWholeAsync();
    }

    [Theory]
    [InlineData(FaultMoment.Before)]
    [InlineData(FaultMoment.After)]
    public async Task Wherever_it_ends_the_target_is_whole_and_the_next_copy_completes_it(FaultMoment moment)
    {
        Fill("a", 2);
        await BackUpAsync();
        Fill("b", 2);
        await BackUpAsync();
        StoreContent before = await StoreContent.ReadAsync(Target);
        long ordinal = 1;
        for (bool isMet = true; isMet; ordinal++)
        {
            MemoryStore target = before.ToStore();
            FaultyStore faulty = new(target);
            faulty.FailMutation(ordinal, new StoreFault(moment, IsFatal: true));
            Cache = To.NewFolder();
            try
            {
                await CopyFromAsync(Source, target: faulty);
            }
            catch (StoreException)
            {
            }

            isMet = faulty.Mutations >= ordinal;
            await RequireWholeAsync(target, snapshots: null);
            Assert.Equal(2, (await CopyFromAsync(Source, target: target)).Snapshots.Count);
            await RequireWholeAsync(target, snapshots: 2);
        }

        Assert.True(ordinal > 8, $"{ordinal} points only");
    }

    [Fact]
    public async Task A_prune_of_the_target_that_ends_the_session_makes_it_start_over()
    {
        Fill("a", 2);
        await BackUpAsync();
        bool isPruned = false;
        HookedStore beside = new(Target, async (operation, name) =>
        {
            if (!isPruned && operation == StoreOperation.Put && name.StartsWith("snapshots/", StringComparison.Ordinal))
            {
                isPruned = true;
                await using Repository opened = await To.OpenAsync(Target);
                PruneOptions options = new() { AllowLargeDeletion = true, IsExclusive = true, SessionTimeout = TimeSpan.Zero, MaxUnused = 0 };
                await opened.PruneAsync(options, null, CancellationToken.None);
            }
        });
        CopyReport report = await CopyFromAsync(Source, target: beside);
        Assert.True(isPruned);
        Assert.False(Assert.Single(report.Snapshots).WasThere);
        await RequireWholeAsync();
    }

    [Fact]
    public async Task A_repository_is_not_copied_into_itself()
    {
        await using Repository one = await From.OpenAsync(Source), two = await From.OpenAsync(Source);
        await Assert.ThrowsAsync<ArgumentException>(() => one.CopyToAsync(two, new CopyOptions(), null, CancellationToken.None));
    }
}
