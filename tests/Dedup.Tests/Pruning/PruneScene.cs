using Dedup.Backup;
using Dedup.Crypto;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Pruning;

/// <summary>A small repository in memory, opened, with a source to back up.</summary>
internal sealed class PruneScene : IAsyncDisposable
{
    private const int Seed = 20261124;

    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 28);
    private readonly Random _random = new(Seed);

    private PruneScene()
    {
    }

    /// <summary>Rewrites whatever holds anything unneeded, and waits for nobody.</summary>
    public static PruneOptions Thorough { get; } = new() { MaxUnused = 0, AllowLargeDeletion = true, WaitForSessions = TimeSpan.Zero, IsExclusive = true };

    public MemoryStore Store { get; } = new();

    public MemorySource Source { get; } = new(new MemoryDirectory());

    public TestRepository Test { get; private set; } = null!;

    public Repository Opened { get; private set; } = null!;

    public RepositoryKeys Keys { get; private set; } = null!;

    public static async Task<PruneScene> MakeAsync()
    {
        PruneScene scene = new();
        scene.Test = await TestRepository.MakeAsync(scene.Store, scene._folder.Path);
        scene.Opened = await scene.Test.OpenAsync(scene.Store);
        scene.Keys = scene.Test.Keys(scene.Opened);
        return scene;
    }

    /// <summary>Adds files of noise to the source and backs it up.</summary>
    public async Task<SnapshotId> BackUpAsync(params (string Name, int Length)[] files)
    {
        foreach ((string name, int length) in files)
        {
            byte[] content = new byte[length];
            _random.NextBytes(content);
            Source.Root.File(name, content);
        }

        return (await BackUpAsync(Opened)).Snapshot.Id;
    }

    public async Task<BackupResult> BackUpAsync(Repository repository)
    {
        BackupResult result = await repository.BackupAsync(Source, new BackupOptions(), null, CancellationToken.None);
        Assert.Empty(result.Problems);
        return result;
    }

    public async Task ForgetAsync(params SnapshotId[] snapshots)
    {
        foreach (SnapshotId snapshot in snapshots)
        {
            await Opened.ForgetAsync(snapshot, "by hand", CancellationToken.None);
        }
    }

    public Task<PruneReport> PruneAsync(PruneOptions? options = null) => Opened.PruneAsync(options ?? Thorough, null, CancellationToken.None);

    /// <summary>The names of all objects in a folder.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(string folder) => (await StoreContent.ReadAsync(Store)).In(folder);

    /// <summary>All packs.</summary>
    public async Task<IReadOnlyList<PackId>> PacksAsync(IObjectStore? store = null) =>
        [.. (await StoreContent.ReadAsync(store ?? Store)).In("packs").Select(name => PackId.TryParse(ObjectName.Parse(name).Leaf, out PackId id) ? id : throw new FormatException(name))];

    /// <summary>Asserts that snapshots restore to what the source holds, for one who knows the repository and for a stranger, and that nothing is damaged.</summary>
    public async Task RequireRestoresAsync(params SnapshotId[] snapshots)
    {
        SortedDictionary<string, byte[]> expected = RestoredTree.Of(Source);
        await using Repository stranger = await Test.OpenAsync(Store);
        foreach (Repository repository in (Repository[])[Opened, stranger])
        {
            foreach (SnapshotId snapshot in snapshots)
            {
                await RequireRestoresAsync(repository, snapshot, expected);
            }
        }

        Assert.Empty((await stranger.CheckAsync(CheckOptions.Everything, null, CancellationToken.None)).Findings);
    }

    public async Task RequireRestoresAsync(Repository repository, SnapshotId snapshot, SortedDictionary<string, byte[]> expected)
    {
        (RestoreResult result, SortedDictionary<string, byte[]> tree) = await Test.RestoreAsync(repository, snapshot);
        Assert.Empty(result.Problems);
        Assert.Empty(RestoredTree.Missing(expected, tree));
        Assert.Empty(RestoredTree.Wrong(expected, tree));
    }

    public async ValueTask DisposeAsync()
    {
        Keys.Dispose();
        await Opened.DisposeAsync();
        _folder.Dispose();
    }
}
