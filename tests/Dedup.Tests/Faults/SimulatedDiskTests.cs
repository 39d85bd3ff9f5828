using Dedup.Backup;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Faults;

/// <summary>
/// The power fails at any moment under a store in a folder. The disk then has of what was not synced any part, in any order, and files torn
/// at 512 bytes: nothing that was acknowledged is lost, and whoever comes next needs no repair.
/// </summary>
public sealed class SimulatedDiskTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>Each so many states the next backup and prunes are tried too.</summary>
    private const int GoOnEvery = 12;

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

        output.WriteLine($"seed {DiskHistory.Seed}: {states} states, 0 acknowledged snapshots lost");
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
        string folder = scene.Repository.NewFolder();
        DiskHistory history = await DiskHistory.RecordAsync(
            folder, scene.Before,
            async store =>
            {
                await using Repository opened = await scene.Repository.OpenAsync(store, scene.CopyCache());
                await scene.Operation(opened, scene.Source);
            },
            forgets);
        await using LocalStore left = new(folder);
        HashSet<SnapshotId> after = [.. (await scene.Repository.SnapshotsAsync(left)).Select(snapshot => snapshot.Id)];
        int states = 0;
        foreach (CrashState state in history.States())
        {
            await JudgeAsync(scene, state, after);
            states++;
        }

        output.WriteLine($"{scene.Name}: {history}");
        return states;
    }

    private static async Task JudgeAsync(CrashScene scene, CrashState state, HashSet<SnapshotId> acknowledged)
    {
        try
        {
            MemoryStore store = state.Content.ToStore();
            await CrashJudge.RequireIntactAsync(scene, store, cut: null);
            if (state.IsAcknowledged)
            {
                IReadOnlyList<Snapshot> listed = await scene.Repository.SnapshotsAsync(store);
                Assert.True(acknowledged.SetEquals(listed.Select(snapshot => snapshot.Id)), "the snapshots are not those that were acknowledged");
            }

            if (state.Number % GoOnEvery == 0)
            {
                string folder = scene.Repository.NewFolder();
                state.Content.WriteTo(folder);
                await using LocalStore local = new(folder);
                await CrashJudge.GoOnAsync(scene, local, scene.Repository.NewFolder(), cut: null, backUpFirst: state.Content.Names.Count % 2 == 0);
            }
        }
        catch (Exception exception)
        {
            throw new Xunit.Sdk.XunitException($"{scene.Name}, {state.Point}: {exception.Message}", exception);
        }
    }
}
