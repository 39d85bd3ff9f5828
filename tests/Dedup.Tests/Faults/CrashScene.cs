using Dedup.Backup;
using Dedup.Pruning;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>A repository at the moment when something is about to be done to it.</summary>
/// <param name="Name">What is about to be done.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Before">All its objects.</param>
/// <param name="Cache">A catalogue of that moment; copied, never used itself.</param>
/// <param name="Source">What backups back up.</param>
/// <param name="Snapshots">The acknowledged snapshots that nobody forgets, with what each restores to.</param>
/// <param name="Operation">What is done, by one who opened the repository.</param>
internal sealed record CrashScene(
    string Name, TestRepository Repository, StoreContent Before, string Cache, MemorySource Source,
    IReadOnlyList<(SnapshotId Id, SortedDictionary<string, byte[]> Tree)> Snapshots, Func<Repository, MemorySource, Task> Operation)
{
    private const int Seed = 20261123;

    /// <summary>Rewrites whatever holds anything unneeded, and waits for nobody: the sessions that a test leaves behind are those of its own process.</summary>
    public static PruneOptions Thorough { get; } = new()
    {
        MaxUnused = 0,
        AllowLargeDeletion = true,
        IsExclusive = true,
        WaitForSessions = TimeSpan.Zero,
        SessionTimeout = TimeSpan.Zero,
    };

    /// <summary>What the source holds at that moment.</summary>
    public SortedDictionary<string, byte[]> SourceTree { get; init; } = [];

    /// <summary>The scenes, one after the other.</summary>
    public static async IAsyncEnumerable<CrashScene> MakeAllAsync(string folder)
    {
        MemoryStore store = new();
        TestRepository repository = await TestRepository.MakeAsync(store, folder);
        string cache = repository.NewFolder();
        MemorySource source = new(new MemoryDirectory());
        Random random = new(Seed);
        Fill(source.Root.Directory("old"), random, 3);
        Fill(source.Root.Directory("both"), random, 2);
        SnapshotId first = (await repository.BackUpAsync(store, source, cache)).Snapshot.Id;
        StoreContent before = await StoreContent.ReadAsync(store);
        SortedDictionary<string, byte[]> tree = RestoredTree.Of(source);
        Fill(source.Root.Directory("new"), random, 2);
        CrashScene scene = new(
            "backup", repository, before, cache, source, [(first, tree)], BackUpAsync);
        yield return scene.Keep();

        // Of the first backup's packs a part stays needed; the second one's go whole with it.
        source.Root.Remove("new");
        source.Root.Remove("old");
        SnapshotId second = (await repository.BackUpAsync(store, source, cache)).Snapshot.Id;
        MemoryDirectory gone = source.Root.Directory("gone");
        Fill(gone, random, 2);
        SnapshotId third = (await repository.BackUpAsync(store, source, cache)).Snapshot.Id;
        source.Root.Remove("gone");
        scene = scene with { Snapshots = [(second, RestoredTree.Of(source))] };
        await using (Repository opened = await repository.OpenAsync(store, cache))
        {
            await opened.ForgetAsync(third, "by hand", CancellationToken.None);
        }

        yield return (scene with
        {
            Name = "forget",
            Before = await StoreContent.ReadAsync(store),
            Operation = (opened, _) => opened.ForgetAsync(first, "by hand", CancellationToken.None),
        }).Keep();

        await using (Repository opened = await repository.OpenAsync(store, cache))
        {
            await opened.ForgetAsync(first, "by hand", CancellationToken.None);
        }

        CrashScene prune = (scene with
        {
            Name = "prune",
            Before = await StoreContent.ReadAsync(store),
            Operation = (opened, _) => opened.PruneAsync(Thorough, null, CancellationToken.None),
        }).Keep();
        yield return prune;
        yield return await prune.LeaveOffAsync("a prune that adopts a mark", content => content.In("gc").Any(name => name.EndsWith(".mark", StringComparison.Ordinal)));
        yield return await prune.LeaveOffAsync(
            "a prune that finishes a sweep", content => content.In("gc").Any(name => name.EndsWith(".sweep", StringComparison.Ordinal)));

        // Its content lies in packs that are condemned.
        foreach ((EntryName name, MemoryEntry file) in gone.Entries)
        {
            source.Root.File($"again-{name}", ((MemoryFile)file).Content);
        }

        CrashScene beside = await prune.LeaveOffAsync(
            "a backup beside condemned packs", content => content.In("gc").Any(name => name.EndsWith(".mark", StringComparison.Ordinal)));
        yield return beside with { Operation = BackUpAsync, SourceTree = RestoredTree.Of(source) };
    }

    /// <summary>A copy of the catalogue, to be used and spoilt.</summary>
    public string CopyCache() => Copy(Repository, Cache);

    /// <summary>A copy of a folder of caches.</summary>
    public static string Copy(TestRepository repository, string cache)
    {
        string copy = repository.NewFolder();
        foreach (string file in Directory.EnumerateFiles(cache, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(cache, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    private static async Task BackUpAsync(Repository repository, MemorySource source) => await repository.BackupAsync(source, new BackupOptions(), null, CancellationToken.None);

    private static void Fill(MemoryDirectory directory, Random random, int files)
    {
        for (int i = 0; i < files; i++)
        {
            byte[] content = new byte[9_000 * (i + 1)];
            random.NextBytes(content);
            directory.File($"file-{i}", content);
        }
    }

    /// <summary>The same with a catalogue of its own, which later scenes do not change.</summary>
    private CrashScene Keep() => this with { Cache = Copy(Repository, Cache), SourceTree = RestoredTree.Of(Source) };

    /// <summary>The scene that the operation leaves when it is stopped as soon as the store fits.</summary>
    private async Task<CrashScene> LeaveOffAsync(string name, Func<StoreContent, bool> fits)
    {
        for (long ordinal = 1; ; ordinal++)
        {
            MemoryStore inner = Before.ToStore();
            FaultyStore store = new(inner);
            store.FailMutation(ordinal, new StoreFault(FaultMoment.Before, IsFatal: true));
            await using Repository opened = await Repository.OpenAsync(store);
            await Assert.ThrowsAsync<StoreException>(() => Operation(opened, Source));
            StoreContent left = await StoreContent.ReadAsync(inner);
            if (fits(left))
            {
                return this with { Name = name, Before = left };
            }
        }
    }
}
