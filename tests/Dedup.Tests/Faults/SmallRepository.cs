using System.Text;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>
/// A repository of a few kilobytes that has something of every kind: two snapshots, compressed and incompressible chunks, a list of
/// extents, directories, a link, small and large extended attributes. Damaged copies of it are made by the thousand.
/// </summary>
public sealed class SmallRepository : IAsyncLifetime
{
    private const int Seed = 20260102;

    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 30);

    /// <summary>What opens it.</summary>
    public TestRepository Repository { get; private set; } = null!;

    /// <summary>All its objects.</summary>
    public StoreContent Content { get; private set; } = null!;

    /// <summary>What was backed up last.</summary>
    public MemorySource Source { get; } = new(new MemoryDirectory());

    /// <summary>The snapshots, with what each must restore to.</summary>
    public IReadOnlyList<(SnapshotId Id, SortedDictionary<string, byte[]> Tree)> Snapshots { get; private set; } = [];

    /// <summary>A catalogue that knows the whole repository; copied, never used itself.</summary>
    public string WarmCache { get; private set; } = "";

    public async Task InitializeAsync()
    {
        MemoryStore store = new();
        Repository = await TestRepository.MakeAsync(store, _folder.Path);
        WarmCache = Repository.NewFolder();
        Fill(Source.Root);
        SnapshotId first = (await Repository.BackUpAsync(store, Source, WarmCache)).Snapshot.Id;
        SortedDictionary<string, byte[]> firstTree = RestoredTree.Of(Source);
        Source.Root.File("added", "second");
        SnapshotId second = (await Repository.BackUpAsync(store, Source, WarmCache)).Snapshot.Id;
        Snapshots = [(first, firstTree), (second, RestoredTree.Of(Source))];
        Content = await StoreContent.ReadAsync(store);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    private static void Fill(MemoryDirectory root)
    {
        Random random = new(Seed);
        byte[] noise = new byte[90];
        random.NextBytes(noise);
        root.File("empty", "");
        root.File("noise", noise);
        root.File("text", string.Concat(Enumerable.Repeat("compressible ", 40)));
        root.Link("link", "text");

        // 17 extents, one more than a node holds: a list.
        const int Step = 80 << 10;
        byte[] sparse = new byte[Step * 9];
        List<(int, int)> data = [];
        for (int start = 0; start < sparse.Length; start += Step)
        {
            Encoding.ASCII.GetBytes("the same piece in every place").CopyTo(sparse, start);
            data.Add((start, start + 29));
        }

        root.File("sparse", sparse[..((Step * 8) + 29)], data);
        MemoryDirectory below = root.Directory("below");
        below.File("inner", "inside");
        below.SetXattr("user.small", [1, 2, 3]);
        below.SetXattr("user.large", Encoding.ASCII.GetBytes(new string('x', 700)));
    }
}
