using System.Globalization;
using Dedup.Backup;
using Dedup.Filtering;
using Dedup.Looking;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Looking;

/// <summary>A repository in memory whose requests are counted, opened anew for each question with one cache, and a source that changes between backups.</summary>
internal sealed class LookingScene : IDisposable
{
    /// <summary>A directory of so many files has several pages.</summary>
    public const int ManyFiles = 1500;

    private static readonly DateTimeOffset Day = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 28);
    private int _day;

    private LookingScene()
    {
    }

    public CountingStore Store { get; } = new(new MemoryStore());

    public MemorySource Source { get; } = new(new MemoryDirectory());

    public TestRepository Test { get; private set; } = null!;

    /// <summary>The folder of caches.</summary>
    public string Cache { get; set; } = "";

    /// <summary>The folder of the repository's catalogue.</summary>
    public string CatalogueFolder => Directory.GetDirectories(Cache).Single();

    public static async Task<LookingScene> MakeAsync()
    {
        LookingScene scene = new();
        scene.Test = await TestRepository.MakeAsync(scene.Store, scene._folder.Path);
        scene.Cache = scene.Test.NewFolder();
        return scene;
    }

    public async Task<T> UseAsync<T>(Func<Repository, Task<T>> use, string? cache = null)
    {
        await using Repository repository = await Test.OpenAsync(Store, cache ?? Cache);
        return await use(repository);
    }

    /// <summary>Makes a snapshot, a day later than the one before. The cache is another machine's.</summary>
    public async Task<Snapshot> BackUpAsync(string host = "web1", params string[] tags)
    {
        BackupOptions options = new() { Host = host, Time = Day.AddDays(_day++), Tags = tags };
        return (await UseAsync(repository => repository.BackupAsync(Source, options, null, CancellationToken.None), Path.Combine(_folder.Path, "writer"))).Snapshot;
    }

    public Task<FindResult> FindAsync(params string[] patterns) =>
        UseAsync(repository => repository.FindAsync(Options(patterns), CancellationToken.None));

    public static FindOptions Options(params string[] patterns) => new() { Patterns = [.. patterns.Select(pattern => PathPattern.Parse(pattern))] };

    /// <summary>What a search found, a line for each entry.</summary>
    public static IReadOnlyList<string> Lines(FindResult result)
    {
        Assert.Empty(result.Problems);
        return [.. result.Snapshots.SelectMany(found => found.Entries.Select(entry => Line(found.Snapshot.Id, entry)))];
    }

    public static string Line(SnapshotId snapshot, TreeEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{snapshot} {entry.Path} {entry.Node.Metadata.Type} {entry.Node.Metadata.Size} {entry.Node.Metadata.ModifiedNs}");

    /// <summary>All entries of all snapshots, as a listing has them.</summary>
    public async Task<IReadOnlyList<(SnapshotId Snapshot, TreeEntry Entry)>> ListAllAsync()
    {
        List<(SnapshotId Snapshot, TreeEntry Entry)> entries = [];
        foreach (Snapshot snapshot in await Test.SnapshotsAsync(Store))
        {
            await UseAsync(
                async repository =>
                {
                    await foreach (TreeEntry entry in repository.ListEntriesAsync(snapshot.Id, null, isRecursive: true, CancellationToken.None))
                    {
                        entries.Add((snapshot.Id, entry));
                    }

                    return 0;
                },
                Path.Combine(_folder.Path, "writer"));
        }

        return entries;
    }

    /// <summary>Fills the source with directories, one of which has several pages.</summary>
    public void Fill()
    {
        MemoryDirectory many = Source.Root.Directory("many");
        for (int i = 0; i < ManyFiles; i++)
        {
            many.File(FileName(i), $"file {i}");
        }

        MemoryDirectory home = Source.Root.Directory("home");
        foreach (string user in (string[])["ann", "bob"])
        {
            MemoryDirectory own = home.Directory(user);
            own.File("notes.txt", "notes of " + user);
            own.Link("link", "notes.txt");
            own.Directory(".ssh").File("known_hosts", "none");
            own.Directory("empty");
        }
    }

    /// <summary>Changes, adds and removes some files.</summary>
    public void Edit(Random random)
    {
        var many = (MemoryDirectory)Source.Root.Entries[EntryName.FromText("many")];
        for (int i = 0; i < 5; i++)
        {
            string name = FileName(random.Next(ManyFiles));
            if (!many.Entries.ContainsKey(EntryName.FromText(name)))
            {
                many.File(name, "back");
            }
            else if (random.Next(3) == 0)
            {
                many.Remove(name);
            }
            else
            {
                ((MemoryFile)many.Entries[EntryName.FromText(name)]).Write(BitConverter.GetBytes(random.Next()));
            }
        }
    }

    public static string FileName(int number) => string.Create(CultureInfo.InvariantCulture, $"file-{number:d4}.dat");

    public void Dispose() => _folder.Dispose();
}
