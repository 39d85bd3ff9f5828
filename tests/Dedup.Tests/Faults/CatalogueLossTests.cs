using Dedup.Backup;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>The catalogue is only a cache: whatever it is found to be, or becomes during a run, everything restores and backups go on.</summary>
public sealed class CatalogueLossTests(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private const string DatabaseName = "catalogue.db";

    public static TheoryData<string> States => new("garbage", "empty", "truncated", "damaged inside", "foreign", "older", "of lost packs", "without its log");

    [Fault(24)]
    [Theory]
    [MemberData(nameof(States))]
    public async Task Whatever_the_catalogue_is_everything_restores_and_the_next_backup_succeeds(string state)
    {
        foreach (bool isBackupFirst in (bool[])[false, true])
        {
            var store = repository.Content.ToStore();
            string cache = await MakeCacheAsync(state);
            if (!isBackupFirst)
            {
                await RequireAllAsync(store, cache);
            }

            BackupResult result = await repository.Repository.BackUpAsync(store, repository.Source, cache);
            Assert.Empty(result.Problems);
            await repository.Repository.RequireRestoresAsync(store, result.Snapshot.Id, RestoredTree.Of(repository.Source));
            await RequireAllAsync(store, cache);
        }
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("garbage")]
    [InlineData("foreign")]
    public async Task A_catalogue_that_is_replaced_during_a_backup_costs_nothing(string replacement)
    {
        var store = repository.Content.ToStore();
        string cache = await MakeCacheAsync("whole");
        string database = DatabaseOf(cache);
        MemoryDirectory root = new();
        MemorySource source = new(root);
        int replaced = 0;
        for (int i = 0; i < 200; i++)
        {
            root.File($"file-{i:d3}", $"content {i}").BeforeNextRead = i % 40 == 20
                ? _ =>
                {
                    replaced++;
                    Replace(database, replacement);
                }
            : null;
        }

        await using (Repository opened = await repository.Repository.OpenAsync(store, cache))
        {
            BackupResult result = await opened.BackupAsync(source, new BackupOptions(), null, CancellationToken.None);
            Assert.Empty(result.Problems);
            await repository.Repository.RequireRestoresAsync(store, result.Snapshot.Id, RestoredTree.Of(source));
            var (restored, tree) = await repository.Repository.RestoreAsync(opened, result.Snapshot.Id);
            Assert.Empty(restored.Problems);
            Assert.Empty(RestoredTree.Missing(RestoredTree.Of(source), tree));
        }

        Assert.Equal(5, replaced);
        await RequireAllAsync(store, cache);
    }

    [Fact]
    public async Task A_catalogue_found_damaged_by_one_of_several_users_is_made_anew_for_all()
    {
        var store = repository.Content.ToStore();
        string cache = await MakeCacheAsync("whole");
        string database = DatabaseOf(cache);
        await using Repository opened = await repository.Repository.OpenAsync(store, cache);
        for (int round = 0; round < 10; round++)
        {
            Task[] users =
            [
                .. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
                {
                    foreach ((SnapshotId id, SortedDictionary<string, byte[]> expected) in repository.Snapshots)
                    {
                        var (restored, tree) = await repository.Repository.RestoreAsync(opened, id);
                        Assert.Empty(restored.Problems);
                        Assert.Empty(RestoredTree.Missing(expected, tree));
                        await opened.BackupAsync(repository.Source, new BackupOptions(), null, CancellationToken.None);
                    }
                })),
            ];
            Replace(database, round % 2 == 0 ? "deleted" : "garbage");
            await Task.WhenAll(users);
        }
    }

    [Fact]
    public async Task A_listing_that_meets_a_lost_catalogue_succeeds_at_the_latest_the_next_time()
    {
        var store = repository.Content.ToStore();
        string cache = await MakeCacheAsync("damaged inside");
        await using Repository opened = await repository.Repository.OpenAsync(store, cache);
        SnapshotId id = repository.Snapshots[^1].Id;
        try
        {
            await ListAsync(opened, id);
        }
        catch (DedupException)
        {
        }

        Assert.NotEqual(0, await ListAsync(opened, id));
        using MemoryStream dumped = new();
        await opened.DumpAsync(id, "/below/inner", dumped, CancellationToken.None);
        Assert.Equal("inside"u8, dumped.ToArray());
    }

    private static async Task<int> ListAsync(Repository opened, SnapshotId id)
    {
        int count = 0;
        await foreach (var _ in opened.ListEntriesAsync(id, null, isRecursive: true, CancellationToken.None))
        {
            count++;
        }

        return count;
    }

    private static void Replace(string database, string replacement)
    {
        File.Delete(database);
        File.Delete(database + "-wal");
        File.Delete(database + "-shm");
        if (replacement != "deleted")
        {
            File.WriteAllBytes(database, new byte[replacement == "garbage" ? 50_000 : 0]);
        }
    }

    private static string DatabaseOf(string cache) => Directory.GetFiles(cache, DatabaseName, SearchOption.AllDirectories).Single();

    private async Task RequireAllAsync(IObjectStore store, string cache)
    {
        foreach ((SnapshotId id, SortedDictionary<string, byte[]> tree) in repository.Snapshots)
        {
            await repository.Repository.RequireRestoresAsync(store, id, tree, cache);
        }
    }

    private async Task<string> MakeCacheAsync(string state)
    {
        string cache = repository.Repository.NewFolder();
        ExternalTool.Require("/", "cp", "-r", repository.WarmCache, cache);
        string database = DatabaseOf(cache);
        byte[] content = File.ReadAllBytes(database);
        switch (state)
        {
            case "garbage":
                new Random(1).NextBytes(content);
                File.WriteAllBytes(database, content);
                break;
            case "empty":
                File.WriteAllBytes(database, []);
                break;
            case "truncated":
                File.WriteAllBytes(database, content[..(content.Length / 2)]);
                break;
            case "damaged inside":
                content.AsSpan(4096).Fill(0xa5);
                File.WriteAllBytes(database, content);
                break;
            case "without its log":
                File.Delete(database + "-wal");
                File.Delete(database + "-shm");
                break;
            case "older":
                // Of the time when there was nothing: what was stored since is unknown to it.
                await using (Repository opened = await repository.Repository.OpenAsync(repository.Content.Without("index", "packs", "snapshots").ToStore(), cache))
                {
                    await opened.CheckAsync(Dedup.Maintenance.CheckOptions.Structure, null, CancellationToken.None);
                }

                break;
            case "of lost packs":
                await repository.Repository.BackUpAsync(repository.Content.ToStore(), new MemorySource(OtherRoot()), cache);
                break;
            case "foreign":
                MemoryStore other = new();
                TestRepository foreign = await TestRepository.MakeAsync(other, repository.Repository.NewFolder());
                string foreignCache = foreign.NewFolder();
                await foreign.BackUpAsync(other, repository.Source, foreignCache);
                Replace(database, "deleted");
                File.Copy(DatabaseOf(foreignCache), database);
                break;
            default:
                break;
        }

        return cache;
    }

    private static MemoryDirectory OtherRoot()
    {
        MemoryDirectory root = new();
        root.File("other", "in a pack that the store does not have");
        return root;
    }
}
