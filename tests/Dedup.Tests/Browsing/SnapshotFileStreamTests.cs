using Dedup.Backup;
using Dedup.Browsing;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Browsing;

/// <summary>Reading a file of a snapshot from any place.</summary>
public sealed class SnapshotFileStreamTests : IAsyncLifetime
{
    private const int Seed = 20261122;

    private readonly ScratchDirectory _scratch = new();
    private readonly MemoryStore _memory = new();
    private readonly MemoryDirectory _root = new();
    private CountingStore _store = null!;
    private Repository _repository = null!;
    private string _failing = "none";

    public async Task InitializeAsync()
    {
        _store = new CountingStore(new HookedStore(_memory, (operation, name) => operation == StoreOperation.Read && name.StartsWith(_failing, StringComparison.Ordinal)
            ? throw new StoreException($"{name}: the disk is gone")
            : Task.CompletedTask));
        _repository = await TestRepository.CreateByPasswordAsync(_store, _scratch["cache"], new CreateOptions { AverageChunkLength = 16 << 10 });
    }

    public async Task DisposeAsync()
    {
        await _repository.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Any_part_of_any_file_reads_as_it_was()
    {
        byte[] sparse = Bytes(3_000_000);
        sparse.AsSpan(500_000, 1_500_000).Clear();
        sparse.AsSpan(2_900_000).Clear();
        _root.File("sparse", sparse, [(0, 500_000), (2_000_000, 2_900_000)]);
        _root.File("holes", new byte[100_000], []);
        _root.File("empty", []);
        _root.File("byte", [7]);
        // Of thousands of chunks, listed on pages on two levels.
        _root.File("large", Bytes(60_000_000));
        SnapshotId snapshot = await BackUpAsync();
        Random random = new(Seed);
        foreach ((string name, byte[] content) in _root.Entries.Select(pair => (pair.Key.ToString(), ((MemoryFile)pair.Value).Content)))
        {
            await using SnapshotFileStream stream = await _repository.OpenFileAsync(snapshot, "/" + name, CancellationToken.None);
            Assert.Equal(content.Length, stream.Length);
            for (int i = 0; i < 60; i++)
            {
                int start = random.Next(content.Length + 1);
                byte[] part = new byte[Math.Min(random.Next(200_000), content.Length - start)];
                stream.Position = start;
                await stream.ReadExactlyAsync(part);
                Assert.True(part.AsSpan().SequenceEqual(content.AsSpan(start, part.Length)), $"{name} from {start}, {part.Length} bytes (seed {Seed})");
            }

            stream.Position = content.Length;
            Assert.Equal(0, stream.Read(new byte[1], 0, 1));
            stream.Position = 0;
            using MemoryStream whole = new();
            await stream.CopyToAsync(whole);
            Assert.True(whole.ToArray().AsSpan().SequenceEqual(content), name);
        }
    }

    [Fact]
    public async Task A_few_bytes_of_a_large_file_cost_a_few_chunks()
    {
        _root.File("large", Bytes(60_000_000));
        SnapshotId snapshot = await BackUpAsync();
        await using SnapshotFileStream stream = await _repository.OpenFileAsync(snapshot, "/large", CancellationToken.None);
        StoreTraffic before = _store.Traffic;
        stream.Position = 50_000_000;
        await stream.ReadExactlyAsync(new byte[100]);
        // A chunk, the pages that lead to it, and the headers of their packs.
        Assert.InRange(_store.Traffic.Since(before).BytesFetched, 100, 1_000_000);
        before = _store.Traffic;
        for (int i = 0; i < 100; i++)
        {
            stream.Position = 50_000_000 + (i % 10);
            await stream.ReadExactlyAsync(new byte[10]);
        }

        Assert.Equal(0, _store.Traffic.Since(before).Count(StoreRequestKind.Read));
    }

    [Fact]
    public async Task Chunks_read_a_moment_ago_are_at_hand()
    {
        // Of so few chunks that they stand in the directory itself.
        byte[] content = Bytes(8 << 10);
        _root.File("small", content);
        await BackUpAsync();
        using SnapshotView view = await _repository.OpenViewAsync(SnapshotFilter.All, CancellationToken.None);
        ViewEntry file = (await view.FindAsync([EntryName.FromText("snapshots"), EntryName.FromText("latest"), EntryName.FromText("small")], CancellationToken.None))!;
        for (int i = 0; i < 2; i++)
        {
            StoreTraffic before = _store.Traffic;
            await using SnapshotFileStream stream = view.OpenRead(file);
            byte[] read = new byte[content.Length];
            await stream.ReadExactlyAsync(read);
            Assert.Equal(content, read);
            Assert.Equal(i == 0, _store.Traffic.Since(before).RequestCount > 0);
        }
    }

    [Fact]
    public async Task What_could_not_be_read_is_read_again_when_the_store_is_back()
    {
        byte[] content = Bytes(2_000_000);
        _root.File("file", content);
        SnapshotId snapshot = await BackUpAsync();
        await using SnapshotFileStream stream = await _repository.OpenFileAsync(snapshot, "/file", CancellationToken.None);
        await stream.ReadExactlyAsync(new byte[100_000]);
        _failing = "packs/";
        byte[] rest = new byte[content.Length - 100_000];
        await Assert.ThrowsAsync<StoreException>(async () => await stream.ReadExactlyAsync(rest));
        _failing = "none";
        int position = (int)stream.Position;
        Assert.InRange(position, 100_000, content.Length - 1);
        await stream.ReadExactlyAsync(rest.AsMemory(position - 100_000));
        Assert.True(rest.AsSpan().SequenceEqual(content.AsSpan(100_000)));
    }

    [Fact]
    public async Task What_is_no_file_is_not_opened()
    {
        _root.Directory("d").Link("link", "target");
        SnapshotId snapshot = await BackUpAsync();
        foreach (string path in (string[])["/", "/d", "/d/link", "/d/nothing"])
        {
            await Assert.ThrowsAsync<PathNotFoundException>(() => _repository.OpenFileAsync(snapshot, path, CancellationToken.None));
        }
    }

    private static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new SyntheticContent(length).Read(0, bytes);
        return bytes;
    }

    private async Task<SnapshotId> BackUpAsync()
    {
        BackupResult result = await _repository.BackupAsync(new MemorySource(_root), new BackupOptions(), null, CancellationToken.None);
        Assert.Empty(result.Problems);
        return result.Snapshot.Id;
    }
}
