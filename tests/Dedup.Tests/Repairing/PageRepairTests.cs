using System.Globalization;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Repairing;
using Dedup.Restore;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Repairing;

/// <summary>Directories and lists of many pages, of which one is damaged.</summary>
public sealed class PageRepairTests : IAsyncLifetime
{
    private const int Pieces = 3000, Step = 16 << 10, PieceLength = 8, Files = 3000;

    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 30);
    private readonly MemorySource _source = new(new MemoryDirectory());
    private TestRepository _repository = null!;
    private StoreContent _whole = null!;
    private SnapshotId _snapshot;

    public async Task InitializeAsync()
    {
        MemoryStore store = new();
        _repository = await TestRepository.MakeAsync(store, _folder.Path);
        byte[] sparse = new byte[Pieces * Step];
        List<(int, int)> data = [];
        for (int i = 0; i < Pieces; i++)
        {
            BitConverter.TryWriteBytes(sparse.AsSpan(i * Step), i + 1L);
            data.Add((i * Step, (i * Step) + PieceLength));
        }

        _source.Root.File("pieces", sparse, data);
        _source.Root.Directory("hollow");
        MemoryDirectory many = _source.Root.Directory("many");
        for (int i = 0; i < Files; i++)
        {
            many.File(i.ToString("d5", CultureInfo.InvariantCulture), "content");
        }

        _snapshot = (await _repository.BackUpAsync(store, _source)).Snapshot.Id;
        _whole = await StoreContent.ReadAsync(store);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_lost_page_of_a_list_costs_only_the_bytes_that_it_stands_for()
    {
        (RestoreResult result, SortedDictionary<string, byte[]> tree, RepairedSnapshot made) = await RepairAsync(
            await DamageAsync(BlobKind.List, entries => entries.MaxBy(entry => entry.PlainLength)));
        byte[] expected = RestoredTree.Of(_source)["pieces"];
        byte[] actual = tree["pieces"];
        Assert.Equal(expected.Length, actual.Length);
        int lost = Enumerable.Range(0, Pieces).Count(i => BitConverter.ToInt64(actual, i * Step) == 0);
        Assert.InRange(lost, 100, Pieces - 100);
        Assert.All(Enumerable.Range(0, Pieces), i => Assert.True(BitConverter.ToInt64(actual, i * Step) is var value && (value == 0 || value == i + 1)));
        Assert.EndsWith("/pieces", Assert.Single(result.Problems).Path);
        Assert.Equal((1, 0), (made.DamagedFiles, made.DamagedDirectories));
        Assert.InRange(made.LostBytes, lost * PieceLength, expected.Length - 1);
        Assert.Empty(RestoredTree.Missing(RestoredTree.Of(_source), tree));
    }

    [Fact]
    public async Task A_lost_page_of_a_directory_costs_only_the_entries_in_it()
    {
        (RestoreResult result, SortedDictionary<string, byte[]> tree, RepairedSnapshot made) = await RepairAsync(
            await DamageAsync(BlobKind.Tree, entries => entries.MaxBy(entry => entry.PlainLength)));
        SortedDictionary<string, byte[]> expected = RestoredTree.Of(_source);
        IReadOnlyList<string> missing = RestoredTree.Missing(expected, tree);
        Assert.InRange(missing.Count, 100, Files - 100);
        Assert.All(missing, path => Assert.StartsWith("many/", path));
        Assert.Empty(RestoredTree.Wrong(expected, tree));
        Assert.EndsWith("/many", Assert.Single(result.Problems).Path);
        Assert.Equal((0, 1), (made.DamagedFiles, made.DamagedDirectories));
    }

    [Fact]
    public async Task An_empty_directory_is_whole_again_when_the_page_of_all_empty_directories_is_damaged()
    {
        (RestoreResult result, SortedDictionary<string, byte[]> tree, RepairedSnapshot made) = await RepairAsync(
            await DamageAsync(BlobKind.Tree, entries => entries.MinBy(entry => entry.PlainLength)));
        Assert.EndsWith("/hollow", Assert.Single(result.Problems).Path);
        Assert.Empty(RestoredTree.Missing(RestoredTree.Of(_source), tree));
        Assert.Equal((0, 1), (made.DamagedFiles, made.DamagedDirectories));
    }

    [Fact]
    public async Task A_damaged_root_leaves_nothing_and_is_told()
    {
        MemoryStore store = _whole.With([.. _whole.In("packs").Select(pack => (pack, (byte[]?)null))]).ToStore();
        await using Repository opened = await _repository.OpenAsync(store);
        SnapshotRepairReport report = await opened.RepairSnapshotsAsync(new SnapshotRepairOptions(), CancellationToken.None);
        Assert.Empty(report.Repaired);
        Assert.Contains(report.Problems, problem => problem.Kind == RepairProblemKind.LostSnapshot && problem.Snapshot == _snapshot);
        Assert.False(report.IsComplete);
    }

    private async Task<StoreContent> DamageAsync(BlobKind kind, Func<IEnumerable<PackEntry>, PackEntry> choose)
    {
        MemoryStore store = _whole.ToStore();
        await using Repository opened = await _repository.OpenAsync(store);
        using RepositoryKeys keys = _repository.Keys(opened);
        List<(string Pack, PackEntry Entry)> entries = [];
        foreach (string name in _whole.In("packs"))
        {
            Assert.True(PackId.TryParse(ObjectName.Parse(name).Leaf, out PackId id));
            PackDirectory directory = await PackReader.ReadFooterAsync(store, keys, id, _whole[name].Length, CancellationToken.None);
            entries.AddRange(directory.Entries.Where(entry => entry.Kind == kind).Select(entry => (name, entry)));
        }

        PackEntry chosen = choose(entries.Select(pair => pair.Entry));
        return _whole.WithFlip(entries.Single(pair => pair.Entry == chosen).Pack, chosen.Offset + PackLayout.SealedRecordHeaderLength);
    }

    private async Task<(RestoreResult Result, SortedDictionary<string, byte[]> Tree, RepairedSnapshot Made)> RepairAsync(StoreContent damaged)
    {
        MemoryStore store = damaged.ToStore();
        await using Repository opened = await _repository.OpenAsync(store);
        SnapshotRepairReport report = await opened.RepairSnapshotsAsync(new SnapshotRepairOptions(), CancellationToken.None);
        RepairedSnapshot made = Assert.Single(report.Repaired);
        Assert.True(report.IsComplete);
        (RestoreResult result, SortedDictionary<string, byte[]> tree) = await _repository.RestoreAsync(opened, made.Replacement!.Value);
        Assert.True(result.IsComplete, string.Join("; ", result.Problems));
        Assert.All(result.Problems, problem => Assert.Contains("was damaged", problem.Reason, StringComparison.Ordinal));
        return (result, tree, made);
    }
}
