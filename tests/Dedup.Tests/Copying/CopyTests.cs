using Dedup.Backup;
using Dedup.Copying;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Copying;

public sealed class CopyTests : IAsyncLifetime
{
    private const int Seed = 20261202;

    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 28);
    private readonly MemoryStore _source = new(), _target = new();
    private readonly MemorySource _files = new(new MemoryDirectory());
    private readonly Random _random = new(Seed);
    private readonly Dictionary<SnapshotId, SortedDictionary<string, byte[]>> _trees = [];
    private TestRepository _from = null!, _to = null!;
    private string _cache = "";

    public async Task InitializeAsync()
    {
        _from = await TestRepository.MakeAsync(_source, _folder["from"]);
        _to = await TestRepository.MakeAsync(_target, _folder["to"], averageChunkLength: 64 << 10);
        _cache = _to.NewFolder();
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_copied_snapshot_is_the_same_in_another_repository()
    {
        Fill("a", 3);
        _files.Root.File("large", Noise(900_000));
        _files.Root.File("empty", []);
        SnapshotId id = await BackUpAsync(new BackupOptions { Host = "web1", Tags = ["nightly"] });
        CopyReport report = await CopyAsync();
        CopiedSnapshot copied = Assert.Single(report.Snapshots);
        Assert.Equal((id, false), (copied.Original, copied.WasThere));
        Snapshot original = Assert.Single(await _from.SnapshotsAsync(_source)), copy = Assert.Single(await _to.SnapshotsAsync(_target));
        Assert.Equal((original.Time, original.Host, original.User, original.Duration, original.Statistics), (copy.Time, copy.Host, copy.User, copy.Duration, copy.Statistics));
        Assert.Equal(original.Paths, copy.Paths);
        Assert.Equal(original.Tags, copy.Tags);
        Assert.NotEqual(original.Tree, copy.Tree);
        Assert.Equal(await EntriesAsync(_from, _source, original.Id), await EntriesAsync(_to, _target, copy.Id));
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
        _cache = _to.NewFolder();
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
        Assert.Single(await _to.SnapshotsAsync(_target));
        await Assert.ThrowsAsync<SnapshotNotFoundException>(() => CopyAsync(SnapshotId.Generate()));
    }

    [Fact]
    public async Task What_a_prune_took_from_the_target_is_copied_again()
    {
        Fill("a", 3);
        await BackUpAsync();
        SnapshotId copy = (await CopyAsync()).Snapshots[0].Copy;
        await using (Repository opened = await _to.OpenAsync(_target))
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
        StoreContent before = await StoreContent.ReadAsync(_source);
        _files.Root.Remove("a");
        Fill("b", 2);
        await BackUpAsync();
        StoreContent content = await StoreContent.ReadAsync(_source);
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
        StoreContent before = await StoreContent.ReadAsync(_target);
        long ordinal = 1;
        for (bool isMet = true; isMet; ordinal++)
        {
            MemoryStore target = before.ToStore();
            FaultyStore faulty = new(target);
            faulty.FailMutation(ordinal, new StoreFault(moment, IsFatal: true));
            _cache = _to.NewFolder();
            try
            {
                await CopyFromAsync(_source, target: faulty);
            }
            catch (StoreException)
            {
            }

            isMet = faulty.Mutations >= ordinal;
            await RequireWholeAsync(target, snapshots: null);
            Assert.Equal(2, (await CopyFromAsync(_source, target: target)).Snapshots.Count);
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
        HookedStore beside = new(_target, async (operation, name) =>
        {
            if (!isPruned && operation == StoreOperation.Put && name.StartsWith("snapshots/", StringComparison.Ordinal))
            {
                isPruned = true;
                await using Repository opened = await _to.OpenAsync(_target);
                PruneOptions options = new() { AllowLargeDeletion = true, IsExclusive = true, SessionTimeout = TimeSpan.Zero, MaxUnused = 0 };
                await opened.PruneAsync(options, null, CancellationToken.None);
            }
        });
        CopyReport report = await CopyFromAsync(_source, target: beside);
        Assert.True(isPruned);
        Assert.False(Assert.Single(report.Snapshots).WasThere);
        await RequireWholeAsync();
    }

    [Fact]
    public async Task A_repository_is_not_copied_into_itself()
    {
        await using Repository one = await _from.OpenAsync(_source), two = await _from.OpenAsync(_source);
        await Assert.ThrowsAsync<ArgumentException>(() => one.CopyToAsync(two, new CopyOptions(), null, CancellationToken.None));
    }

    private byte[] Noise(int length)
    {
        byte[] content = new byte[length];
        _random.NextBytes(content);
        return content;
    }

    private void Fill(string folder, int files)
    {
        MemoryDirectory directory = _files.Root.Directory(folder);
        for (int i = 0; i < files; i++)
        {
            directory.File($"file-{i}", Noise(3_000 * (i + 1)));
        }
    }

    private async Task<SnapshotId> BackUpAsync(BackupOptions? options = null)
    {
        SnapshotId id = (await _from.BackUpAsync(_source, _files, options: options)).Snapshot.Id;
        _trees[id] = RestoredTree.Of(_files);
        return id;
    }

    private Task<CopyReport> CopyAsync(params SnapshotId[] snapshots) => CopyFromAsync(_source, snapshots);

    private async Task<CopyReport> CopyFromAsync(IObjectStore source, SnapshotId[]? snapshots = null, IObjectStore? target = null)
    {
        await using Repository from = await _from.OpenAsync(source), to = await _to.OpenAsync(target ?? _target, _cache);
        CopyReport report = await from.CopyToAsync(to, new CopyOptions { Snapshots = snapshots ?? [] }, null, CancellationToken.None);
        foreach (CopiedSnapshot copied in report.Snapshots)
        {
            _trees[copied.Copy] = _trees[copied.Original];
        }

        return report;
    }

    private static async Task<IReadOnlyList<(string, NodeMetadata)>> EntriesAsync(TestRepository test, IObjectStore store, SnapshotId snapshot)
    {
        await using Repository opened = await test.OpenAsync(store);
        List<(string, NodeMetadata)> entries = [];
        await foreach (TreeEntry entry in opened.ListEntriesAsync(snapshot, null, isRecursive: true, CancellationToken.None))
        {
            entries.Add((entry.Path, entry.Node.Metadata));
        }

        return entries;
    }

    private Task RequireWholeAsync() => RequireWholeAsync(_target, null);

    private async Task RequireWholeAsync(IObjectStore target, int? snapshots)
    {
        await using Repository stranger = await _to.OpenAsync(target);
        IReadOnlyList<Snapshot> all = await _to.SnapshotsAsync(target);
        Assert.Equal(snapshots ?? all.Count, all.Count);
        foreach (Snapshot snapshot in all)
        {
            (RestoreResult result, SortedDictionary<string, byte[]> tree) = await _to.RestoreAsync(stranger, snapshot.Id);
            Assert.Empty(result.Problems);
            SortedDictionary<string, byte[]>? expected = _trees.GetValueOrDefault(snapshot.Id)
                ?? (await OriginalOfAsync(snapshot) is { } original ? _trees[original] : null);
            Assert.Empty(RestoredTree.Missing(expected!, tree));
            Assert.Empty(RestoredTree.Wrong(expected!, tree));
        }

        CheckReport report = await stranger.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Assert.All(report.Findings, finding => Assert.False(finding.IsDamage, finding.Message));
    }

    private async Task<SnapshotId?> OriginalOfAsync(Snapshot copy) =>
        (await _from.SnapshotsAsync(_source)).FirstOrDefault(snapshot => snapshot.Time == copy.Time)?.Id;
}
