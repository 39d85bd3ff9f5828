using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>No space is left where the repository lies, or where the catalogue does.</summary>
public sealed class DiskFullTests : IAsyncLifetime, IDisposable
{
    private const long DiskLength = 24 << 20;

    private const int ContentLength = 6 << 20, Seed = 20260107;

    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 30);
    private readonly string _disk;
    private readonly MemorySource _source = new(new MemoryDirectory());

    public DiskFullTests() => _disk = Path.Combine(_folder.Path, "disk");

    public Task InitializeAsync()
    {
        _source.Root.File("first", Noise(100_000, Seed));
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fault(6, 7)]
    [MountFact]
    public async Task A_full_disk_ends_the_backup_with_a_clear_error_and_the_next_one_with_room_succeeds()
    {
        using MemoryDisk disk = new(_disk, DiskLength);
        string path = Path.Combine(_disk, "repository");
        await using LocalStore store = LocalStore.Create(path);
        TestRepository repository = await TestRepository.MakeAsync(store, _folder.Path);
        SnapshotId first = (await repository.BackUpAsync(store, _source)).Snapshot.Id;
        SortedDictionary<string, byte[]> firstTree = RestoredTree.Of(_source);
        _source.Root.File("second", Noise(ContentLength, Seed + 1));

        // From no room at all to room for all but the last objects.
        string filler = Path.Combine(_disk, "filler");
        int failed = 0;
        foreach (int room in (int[])[0, 4096, 8192, 16384, 1 << 20, ContentLength, ContentLength + 40_000, ContentLength + 80_000])
        {
            FillUp(filler, room);
            try
            {
                await repository.BackUpAsync(store, _source);
                break;
            }
            catch (StoreException exception)
            {
                failed++;
                Assert.Contains(path, exception.Message, StringComparison.Ordinal);
                Assert.Contains("space", exception.Message, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain('\n', exception.Message);
            }

            Assert.Empty(Directory.GetFiles(Path.Combine(path, "tmp")));
            await repository.RequireRestoresAsync(store, first, firstTree);
        }

        Assert.True(failed >= 5, $"{failed} backups found the disk full");
        File.Delete(filler);
        BackupResult result = await repository.BackUpAsync(store, _source);
        await repository.RequireRestoresAsync(store, first, firstTree);
        await repository.RequireRestoresAsync(store, result.Snapshot.Id, RestoredTree.Of(_source));
        await using Repository opened = await repository.OpenAsync(store);
        Assert.Empty((await opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None)).Findings);
        Assert.Empty(Directory.GetFiles(Path.Combine(path, "tmp")));
    }

    [Fault(8)]
    [MountFact]
    public async Task A_full_disk_under_the_catalogue_is_told_clearly_and_leaves_the_repository_whole()
    {
        using MemoryDisk disk = new(_disk, DiskLength);
        string cache = Path.Combine(_disk, "cache");
        MemoryStore store = new();
        TestRepository repository = await TestRepository.MakeAsync(store, _folder.Path);
        SnapshotId first = (await repository.BackUpAsync(store, _source, cache)).Snapshot.Id;
        SortedDictionary<string, byte[]> firstTree = RestoredTree.Of(_source);
        MemoryDirectory many = _source.Root.Directory("many");
        for (int i = 0; i < 4000; i++)
        {
            many.File($"file-{i}", $"content {i}");
        }

        // The catalogue is there and cannot grow; then there is no room to make it.
        foreach (bool isThere in (bool[])[true, false])
        {
            FillUp(Path.Combine(_disk, "filler"), 0);
            DedupException exception = await Assert.ThrowsAnyAsync<DedupException>(
                () => repository.BackUpAsync(store, _source, isThere ? cache : Path.Combine(_disk, "other")));
            Assert.Contains(_disk, exception.Message, StringComparison.Ordinal);
            Assert.Contains("space", exception.Message, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\n', exception.Message);
            Assert.Single(await repository.SnapshotsAsync(store));
            await repository.RequireRestoresAsync(store, first, firstTree);
        }

        File.Delete(Path.Combine(_disk, "filler"));
        BackupResult result = await repository.BackUpAsync(store, _source, cache);
        await repository.RequireRestoresAsync(store, result.Snapshot.Id, RestoredTree.Of(_source), cache);
    }

    /// <summary>Leaves so much room on the disk.</summary>
    private void FillUp(string filler, long room)
    {
        File.Delete(filler);
        using FileStream file = File.Create(filler);
        byte[] page = new byte[4096];
        long wanted = new DriveInfo(_disk).AvailableFreeSpace - room;
        for (long written = 0; written < wanted; written += page.Length)
        {
            file.Write(page);
        }
    }

    private static byte[] Noise(int length, int seed)
    {
        byte[] noise = new byte[length];
        new Random(seed).NextBytes(noise);
        return noise;
    }
}
