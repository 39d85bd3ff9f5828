using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Restore;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>Several backups, restores and checks of one repository at once.</summary>
public sealed class ConcurrentUseTests : IDisposable
{
    private const int Seed = 20260108, Rounds = 4;

    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 30);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Backups_and_a_restore_at_once_on_one_cache_all_succeed(bool isOneRepositoryObject)
    {
        MemoryStore store = new();
        TestRepository repository = await TestRepository.MakeAsync(store, _folder.Path);
        string cache = repository.NewFolder();
        MemorySource first = MakeSource("first", 1);
        SnapshotId early = (await repository.BackUpAsync(store, first, cache)).Snapshot.Id;
        MemorySource[] sources = [MakeSource("left", 2), MakeSource("right", 3)];
        for (int round = 0; round < Rounds; round++)
        {
            await using Repository shared = await repository.OpenAsync(store, cache);
            await using Repository own = await repository.OpenAsync(store, cache);
            Repository other = isOneRepositoryObject ? shared : own;
            Task<BackupResult>[] backups =
            [
                Task.Run(() => shared.BackupAsync(sources[0], new BackupOptions(), null, CancellationToken.None)),
                Task.Run(() => other.BackupAsync(sources[1], new BackupOptions(), null, CancellationToken.None)),
            ];
            Task<(RestoreResult Result, SortedDictionary<string, byte[]> Tree)> restore = Task.Run(() => repository.RestoreAsync(shared, early));
            Task<CheckReport> check = Task.Run(() => other.CheckAsync(CheckOptions.Structure, null, CancellationToken.None));
            await Task.WhenAll([.. backups, restore, check]);
            Assert.Empty((await restore).Result.Problems);
            Assert.Empty(RestoredTree.Wrong(RestoredTree.Of(first), (await restore).Tree));
            Assert.Empty(RestoredTree.Missing(RestoredTree.Of(first), (await restore).Tree));
            Assert.True((await check).IsClean, string.Join('\n', (await check).Findings));
            for (int i = 0; i < backups.Length; i++)
            {
                BackupResult result = await backups[i];
                Assert.Empty(result.Problems);
                await repository.RequireRestoresAsync(store, result.Snapshot.Id, RestoredTree.Of(sources[i]), cache);
                sources[i].Root.File($"round-{round}", Noise(300_000, round + (100 * i)));
            }
        }

        await RequireCleanAsync(repository, store);
    }

    [Fact]
    public async Task Processes_that_back_up_at_once_on_one_cache_all_succeed()
    {
        string path = Path.Combine(_folder.Path, "store");
        await using LocalStore store = LocalStore.Create(path);
        TestRepository repository = await TestRepository.MakeAsync(store, _folder.Path);
        string cache = repository.NewFolder();
        string[] folders = [MakeFolder("one", 4), MakeFolder("two", 5), MakeFolder("three", 6)];

        // The same content once more: both find it missing, and both may store it.
        File.Copy(Path.Combine(folders[0], "file-0"), Path.Combine(folders[1], "copy"));
        HostProcess[] hosts = [.. folders.Select(folder => new HostProcess(repository, path, cache, folder))];
        Array.ForEach(hosts, host => host.Begin());
        BackupResult here = await repository.BackUpAsync(store, MakeSource("here", 7), cache);
        Assert.Empty(here.Problems);
        for (int i = 0; i < hosts.Length; i++)
        {
            using HostProcess host = hosts[i];
            SnapshotId id = host.Finish().Snapshot;
            await using Repository opened = await repository.OpenAsync(store, cache);
            string target = repository.NewFolder();
            Assert.Empty((await opened.RestoreAsync(id, target, new RestoreOptions(), null, CancellationToken.None)).Problems);
            Assert.Empty(TreeComparer.Differences(folders[i], target + folders[i]));
        }

        await RequireCleanAsync(repository, store);
    }

    private static async Task RequireCleanAsync(TestRepository repository, IObjectStore store)
    {
        await using Repository opened = await repository.OpenAsync(store);
        Assert.Empty((await opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None)).Findings);
    }

    private static MemorySource MakeSource(string name, int seed)
    {
        MemoryDirectory root = new();
        for (int i = 0; i < 20; i++)
        {
            root.File($"file-{i}", Noise(100_000, seed + (10 * i)));
        }

        root.File("shared", Noise(2_000_000, 0));
        return new MemorySource(root) { Paths = ["/" + name] };
    }

    private string MakeFolder(string name, int seed)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "sources", name)).FullName;
        for (int i = 0; i < 40; i++)
        {
            File.WriteAllBytes(Path.Combine(folder, $"file-{i}"), Noise(200_000, seed + (10 * i)));
        }

        return folder;
    }

    private static byte[] Noise(int length, int seed)
    {
        byte[] noise = new byte[length];
        new Random(Seed + seed).NextBytes(noise);
        return noise;
    }
}
