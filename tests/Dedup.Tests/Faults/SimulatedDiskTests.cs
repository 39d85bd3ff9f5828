using Dedup.Backup;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Faults;

/// <summary>
/// The power fails at any moment under a store in a folder. The disk then has of what was not synced any part, in any order, and files torn
/// at 512 bytes: nothing that was acknowledged is lost, and whoever comes next needs no repair.
/// </summary>
public sealed class SimulatedDiskTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261122;

    /// <summary>With more changes pending than this, so many of all subsets are drawn.</summary>
    private const int MaxExhaustive = 6, Samples = 12, LongSamples = 400;

    /// <summary>Each so many states the next backup and prunes are tried too.</summary>
    private const int GoOnEvery = 12;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("DEDUP_LONG_TESTS") == "1";

    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 30);

    public void Dispose() => _folder.Dispose();

    [Fault(1, 2, 3, 5)]
    [Fact]
    public async Task Whenever_the_power_fails_nothing_that_was_acknowledged_is_lost()
    {
        int states = await JudgeAllAsync(await MakeFirstBackupAsync(), forgets: null);
        await foreach (CrashScene scene in CrashScene.MakeAllAsync(_folder.Path))
        {
            states += await JudgeAllAsync(scene, forgets: null);
        }

        output.WriteLine($"seed {Seed}: {states} states, 0 acknowledged snapshots lost");
    }

    [Theory]
    [InlineData(DiskOperationKind.SyncFile)]
    [InlineData(DiskOperationKind.SyncFolder)]
    public async Task A_store_that_left_out_a_sync_would_be_found(object forgets)
    {
        await foreach (CrashScene scene in CrashScene.MakeAllAsync(_folder.Path))
        {
            Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => JudgeAllAsync(scene, (DiskOperationKind)forgets));
            output.WriteLine(failure.Message);
            return;
        }
    }

    /// <summary>A backup into a repository in which nothing was stored yet, so that its folders are made too.</summary>
    private async Task<CrashScene> MakeFirstBackupAsync()
    {
        MemoryStore store = new();
        TestRepository repository = await TestRepository.MakeAsync(store, Path.Combine(_folder.Path, "first"));
        MemorySource source = new(new MemoryDirectory());
        source.Root.File("file", "content");
        string cache = Directory.CreateDirectory(repository.NewFolder()).FullName;
        return new CrashScene(
            "a first backup", repository, await StoreContent.ReadAsync(store), cache, source, [],
            (opened, from) => opened.BackupAsync(from, new BackupOptions(), null, CancellationToken.None))
        {
            SourceTree = RestoredTree.Of(source),
        };
    }

    private async Task<int> JudgeAllAsync(CrashScene scene, DiskOperationKind? forgets)
    {
        (IReadOnlyList<DiskOperation> operations, int acknowledged, IReadOnlySet<SnapshotId> after) = await RecordAsync(scene, forgets);
        Random random = new(Seed);
        SimulatedDisk disk = new(scene.Before);
        HashSet<string> judged = [];
        int mostPending = 0;
        for (int done = 0; done <= operations.Count; done++)
        {
            if (done > 0)
            {
                disk.Do(operations[done - 1]);
            }

            mostPending = Math.Max(mostPending, disk.Pending);
            foreach (ulong survivors in Subsets(disk.Pending, random))
            {
                StoreContent found = disk.Crash(unit => (survivors >> unit & 1) != 0, random);
                if (judged.Add($"{done >= acknowledged} {found.Digest()}"))
                {
                    string point = $"seed {Seed}, {scene.Name}, after {done} of {operations.Count} calls, survivors {survivors:b} of {disk.Pending}";
                    await JudgeAsync(scene, found, done >= acknowledged ? after : null, judged.Count % GoOnEvery == 0, point);
                }
            }
        }

        output.WriteLine($"{scene.Name}: {operations.Count} calls, up to {mostPending} pending, {judged.Count} states");
        return judged.Count;
    }

    private static IEnumerable<ulong> Subsets(int pending, Random random) => pending <= MaxExhaustive
        ? Enumerable.Range(0, 1 << pending).Select(static subset => (ulong)subset)
        : Enumerable.Range(0, IsLong ? LongSamples : Samples).Select(_ => (ulong)random.NextInt64());

    private static async Task JudgeAsync(CrashScene scene, StoreContent found, IReadOnlySet<SnapshotId>? acknowledged, bool goOn, string point)
    {
        try
        {
            MemoryStore store = found.ToStore();
            await CrashJudge.RequireIntactAsync(scene, store, cut: null);
            if (acknowledged is not null)
            {
                IReadOnlyList<Snapshot> listed = await scene.Repository.SnapshotsAsync(store);
                Assert.True(acknowledged.SetEquals(listed.Select(snapshot => snapshot.Id)), "the snapshots are not those that were acknowledged");
            }

            if (goOn)
            {
                string folder = scene.Repository.NewFolder();
                found.WriteTo(folder);
                await using LocalStore local = new(folder);
                await CrashJudge.GoOnAsync(scene, local, scene.Repository.NewFolder(), cut: null, backUpFirst: found.Names.Count % 2 == 0);
            }
        }
        catch (Exception exception)
        {
            throw new Xunit.Sdk.XunitException($"{point}: {exception.Message}", exception);
        }
    }

    /// <returns>What was done to the disk, how much of it before the caller was told, and the snapshots that are then there.</returns>
    private static async Task<(IReadOnlyList<DiskOperation> Operations, int Acknowledged, IReadOnlySet<SnapshotId> After)> RecordAsync(
        CrashScene scene, DiskOperationKind? forgets)
    {
        string folder = scene.Repository.NewFolder();
        scene.Before.WriteTo(folder);
        RecordingDisk disk = new(folder, forgets);
        int acknowledged;
        await using (LocalStore store = new(folder, disk))
        {
            await using Repository opened = await scene.Repository.OpenAsync(store, scene.CopyCache());
            await scene.Operation(opened, scene.Source);
            acknowledged = disk.Operations.Count;
        }

        await using LocalStore again = new(folder);
        return (disk.Operations, acknowledged, (await scene.Repository.SnapshotsAsync(again)).Select(snapshot => snapshot.Id).ToHashSet());
    }
}
