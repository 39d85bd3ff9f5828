using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Replication;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Replication;

/// <summary>A small repository in memory with a replica beside it, and what each snapshot restores to.</summary>
internal sealed class ReplicaScene : IDisposable
{
    private const int Seed = 20261201;

    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 28);
    private readonly Dictionary<SnapshotId, SortedDictionary<string, byte[]>> _trees = [];
    private readonly Random _random = new(Seed);

    /// <summary>The repository.</summary>
    public MemoryStore Source { get; private set; } = new();

    /// <summary>Its replica.</summary>
    public MemoryStore Target { get; private set; } = new();

    public MemorySource Files { get; } = new(new MemoryDirectory());

    public TestRepository Test { get; private set; } = null!;

    public static PruneOptions Thorough { get; } = new()
    {
        MaxUnused = 0,
        AllowLargeDeletion = true,
        IsExclusive = true,
        WaitForSessions = TimeSpan.Zero,
        SessionTimeout = TimeSpan.Zero,
    };

    public static async Task<ReplicaScene> MakeAsync()
    {
        ReplicaScene scene = new();
        scene.Test = await TestRepository.MakeAsync(scene.Source, scene._folder.Path);
        return scene;
    }

    /// <summary>Makes one whose source has lived: two backups, and then a forgotten one, another, and a prune.</summary>
    /// <returns>The scene, and what the source held before it was pruned.</returns>
    public static async Task<(ReplicaScene Scene, StoreContent Older)> MakeLivedAsync()
    {
        ReplicaScene scene = await MakeAsync();
        SnapshotId first = await scene.BackUpAsync("a");
        await scene.BackUpAsync("b");
        StoreContent older = await StoreContent.ReadAsync(scene.Source);
        await scene.ForgetAsync(first);
        scene.Files.Root.Remove("a");
        await scene.BackUpAsync("c");
        await scene.PruneAsync();
        return (scene, older);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Puts other objects in the place of the repository's.</summary>
    public void ReplaceSource(StoreContent content) => Source = content.ToStore();

    /// <summary>Puts other objects in the place of the replica's.</summary>
    public void ReplaceTarget(StoreContent content) => Target = content.ToStore();

    /// <summary>Adds files of noise to the source and backs it up.</summary>
    public async Task<SnapshotId> BackUpAsync(string folder, int files = 2, MemoryStore? store = null)
    {
        MemoryDirectory directory = Files.Root.Directory(folder);
        for (int i = 0; i < files; i++)
        {
            byte[] content = new byte[9_000 * (i + 1)];
            _random.NextBytes(content);
            directory.File($"file-{i}", content);
        }

        SnapshotId id = (await Test.BackUpAsync(store ?? Source, Files)).Snapshot.Id;
        _trees[id] = RestoredTree.Of(Files);
        return id;
    }

    /// <summary>What a snapshot made elsewhere restores to.</summary>
    public void Remember(SnapshotId snapshot, SortedDictionary<string, byte[]> tree) => _trees[snapshot] = tree;

    public async Task ForgetAsync(SnapshotId snapshot, MemoryStore? store = null)
    {
        await using Repository opened = await Test.OpenAsync(store ?? Source);
        await opened.ForgetAsync(snapshot, "by hand", CancellationToken.None);
    }

    public async Task<PruneReport> PruneAsync(MemoryStore? store = null)
    {
        await using Repository opened = await Test.OpenAsync(store ?? Source);
        return await opened.PruneAsync(Thorough, null, CancellationToken.None);
    }

    /// <summary>Replicates into a store that deletes only where the options say so.</summary>
    public Task<ReplicationReport> ReplicateAsync(ReplicationOptions? options = null, IObjectStore? source = null, IObjectStore? target = null)
    {
        options ??= new ReplicationOptions();
        HookedStore guarded = new(target ?? Target, (operation, name) => operation == StoreOperation.Delete && !options.PruneTarget
            ? throw new Xunit.Sdk.XunitException($"{name} is deleted from the target")
            : Task.CompletedTask);
        return new Replicator(source ?? Source, guarded, options).RunAsync(null, CancellationToken.None);
    }

    /// <summary>The ids of the snapshots of a store, in order.</summary>
    public async Task<IReadOnlyList<SnapshotId>> ListAsync(IObjectStore store) =>
        [.. (await Test.SnapshotsAsync(store)).Select(snapshot => snapshot.Id).OrderBy(id => id.ToString(), StringComparer.Ordinal)];

    /// <summary>Asserts that a stranger finds a repository whose every snapshot restores byte for byte, and that a check of everything finds nothing but packs that are not listed yet.</summary>
    /// <returns>How many snapshots there are.</returns>
    public async Task<int> RequireWholeAsync(IObjectStore store, string? except = null)
    {
        int count = 0;
        await using Repository stranger = await Test.OpenAsync(store);
        await foreach (Snapshot snapshot in stranger.ListSnapshotsAsync(new SnapshotFilter(), CancellationToken.None))
        {
            (RestoreResult result, SortedDictionary<string, byte[]> tree) = await Test.RestoreAsync(stranger, snapshot.Id);
            Assert.Empty(result.Problems);
            Assert.Empty(RestoredTree.Missing(_trees[snapshot.Id], tree));
            Assert.Empty(RestoredTree.Wrong(_trees[snapshot.Id], tree));
            count++;
        }

        CheckReport report = await stranger.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Assert.All(report.Findings, finding => Assert.True(
            finding.Kind is FindingKind.UnlistedPack or FindingKind.MissingParent || (except is not null && finding.ObjectName == except), $"the check finds {finding.Message}"));
        return count;
    }
}
