using Dedup.Backup;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.EndToEnd;

/// <summary>Looking into a snapshot without restoring it.</summary>
public sealed class ContentTests : IAsyncLifetime
{
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
    public async Task Entries_are_listed_each_directory_followed_by_what_it_holds()
    {
        SyntheticContent content = new(10);
        SyntheticDirectory inner = new([("deep", content)]);
        SyntheticDirectory middle = new([("a", content), ("z", content)], ("m", inner));
        SnapshotId snapshot = await BackUpAsync(new SyntheticSource(new SyntheticDirectory([("b", content), ("d", content)], ("c", middle), ("e", new([])))));
        Assert.Equal(["/b", "/c", "/c/a", "/c/m", "/c/m/deep", "/c/z", "/d", "/e"], await ListAsync(snapshot, null, isRecursive: true));
        Assert.Equal(["/b", "/c", "/d", "/e"], await ListAsync(snapshot, "/", isRecursive: false));
        Assert.Equal(["/c/a", "/c/m", "/c/z"], await ListAsync(snapshot, "/c/", isRecursive: false));
        Assert.Equal(["/c/m/deep"], await ListAsync(snapshot, "c//m", isRecursive: true));
        Assert.Equal(["/c/z"], await ListAsync(snapshot, "/c/z", isRecursive: true));
        Assert.Empty(await ListAsync(snapshot, "/e", isRecursive: true));
        foreach (string path in (string[])["/x", "/c/x", "/b/x", "/..", "/c/.."])
        {
            Assert.Contains(path, (await Assert.ThrowsAsync<PathNotFoundException>(() => ListAsync(snapshot, path, true))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_directory_tells_what_lies_below_it()
    {
        SyntheticDirectory inner = new([("a", new SyntheticContent(10)), ("b", new SyntheticContent(20, 2))]);
        SnapshotId snapshot = await BackUpAsync(new SyntheticSource(new SyntheticDirectory([], ("d", new([("c", new SyntheticContent(5))], ("i", inner))))));
        TreeEntry entry = await _repository.ListEntriesAsync(snapshot, null, false, CancellationToken.None).SingleAsync();
        Assert.Equal(new TreeTotals(3, 1, 35), entry.Node.Totals);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4 << 20)]
    [InlineData((4 << 20) + 1)]
    [InlineData(40_000_001)]
    public async Task A_file_is_dumped_as_it_was(int length)
    {
        SyntheticContent content = new(length);
        SnapshotId snapshot = await BackUpAsync(SyntheticSource.OfFile(content));
        byte[] expected = new byte[length];
        content.Read(0, expected);
        using MemoryStream dumped = new();
        await _repository.DumpAsync(snapshot, "/file", dumped, CancellationToken.None);
        Assert.True(dumped.ToArray().AsSpan().SequenceEqual(expected));
    }

    [Fact]
    public async Task Holes_are_dumped_as_zeros()
    {
        string folder = _scratch.Make("source");
        using (TreeMaker maker = TreeMaker.Open(folder))
        {
            maker.SparseFile("sparse"u8, 30_000_000, (10_000_000, [1, 2, 3]), (29_999_999, [4]));
            maker.SparseFile("hole"u8, 1_000_000);
        }

        SnapshotId snapshot = await BackUpAsync(new FileSystemSource([folder]));
        foreach (string name in (string[])["sparse", "hole"])
        {
            using MemoryStream dumped = new();
            await _repository.DumpAsync(snapshot, $"{folder}/{name}", dumped, CancellationToken.None);
            Assert.True(dumped.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, name))));
        }

        await Assert.ThrowsAsync<PathNotFoundException>(() => _repository.DumpAsync(snapshot, folder, Stream.Null, CancellationToken.None));
        await Assert.ThrowsAsync<PathNotFoundException>(() => _repository.DumpAsync(snapshot, "/", Stream.Null, CancellationToken.None));
    }

    private async Task<SnapshotId> BackUpAsync(IBackupSource source)
    {
        BackupResult result = await _repository.BackupAsync(source, new BackupOptions(), null, CancellationToken.None);
        Assert.Empty(result.Problems);
        return result.Snapshot.Id;
    }

    private async Task<List<string>> ListAsync(SnapshotId snapshot, string? path, bool isRecursive) =>
        await _repository.ListEntriesAsync(snapshot, path, isRecursive, CancellationToken.None).Select(entry => entry.Path).ToListAsync();
}
