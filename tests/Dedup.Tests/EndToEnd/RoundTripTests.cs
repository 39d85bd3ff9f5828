using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Restore;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.EndToEnd;

/// <summary>Trees on disk go through a repository and come back the same, as the system's own tools judge.</summary>
public sealed class RoundTripTests(ITestOutputHelper output) : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fault(55)]
    [Fact]
    public async Task Every_kind_of_entry_comes_back_as_it_was()
    {
        string original = MakeReference();
        await using LocalStore store = LocalStore.Create(_scratch["repository"]);
        await using Repository repository = await TestRepository.CreateByPasswordAsync(store, _scratch["cache"]);
        SnapshotId snapshot = await BackUpAsync(repository, original);
        await RestoreAsync(repository, snapshot, _scratch["target"]);
        Assert.Empty(TreeComparer.Differences(original, _scratch["target"] + original));
        Assert.Empty((await repository.CheckAsync(CheckOptions.Everything, null, CancellationToken.None)).Findings);
    }

    [Fact]
    public async Task A_second_backup_takes_everything_over_and_restores_the_same()
    {
        string original = MakeReference();
        await using MemoryStore store = new();
        await using Repository repository = await TestRepository.CreateByPasswordAsync(store, _scratch["cache"]);
        await BackUpAsync(repository, original);

        // What was made a moment ago is read again, as its times would not tell a change; contents are known all the same.
        BackupResult second = await repository.BackupAsync(new FileSystemSource([original]), new BackupOptions(), null, CancellationToken.None);
        Assert.Equal((0, 0), (second.Snapshot.Statistics.FilesNew, second.Snapshot.Statistics.DataBlobs));
        Assert.Equal(0, second.Snapshot.Statistics.DirectoriesNew);
        await RestoreAsync(repository, second.Snapshot.Id, _scratch["target"]);
        Assert.Empty(TreeComparer.Differences(original, _scratch["target"] + original));
    }

    [Fact]
    public async Task Restoring_over_another_tree_makes_it_the_same_and_touches_nothing_outside()
    {
        string original = MakeReference();
        string target = _scratch["target"] + original;
        string outside = _scratch.Make("outside");
        File.WriteAllText(_scratch["outside/secret"], "untouched");
        File.WriteAllText(_scratch["outside/linked"], "untouched");
        ExternalTool.Require(outside, "sh", "-ec", "mkdir d; chmod 750 d; chmod 640 *; touch -d @1000000000 d secret linked");
        string before = ListOutside(outside);

        await using MemoryStore store = new();
        await using Repository repository = await TestRepository.CreateByPasswordAsync(store, _scratch["cache"]);
        SnapshotId snapshot = await BackUpAsync(repository, original);
        Directory.CreateDirectory(target);
        ExternalTool.Require(target, "sh", "-ec", $"""
            mkdir contents links-elsewhere
            ln -s {outside}/secret contents/random-4096
            ln -s {outside}/none contents/random-65536
            ln {outside}/linked contents/random-65537
            ln {outside}/linked contents/hole-first
            head -c 300000 /dev/zero | tr '\0' x > contents/random-1
            head -c 20000000 /dev/zero | tr '\0' x > contents/holes-everywhere
            setfattr -n user.stray -v x contents/random-1
            mkfifo contents/zeros
            ln -s {outside} names
            ln -s {outside}/d metadata
            ln -s {outside}/secret pipe
            ln -s {outside}/secret links-elsewhere/third
            echo x > links
            ln -s / deep
            chmod 0 contents
            """);
        await RestoreAsync(repository, snapshot, _scratch["target"]);
        Assert.Empty(TreeComparer.Differences(original, target));
        Assert.Equal(before, ListOutside(outside));

        await RestoreAsync(repository, snapshot, _scratch["target"]);
        Assert.Empty(TreeComparer.Differences(original, target));
    }

    [Fact]
    public async Task What_is_in_the_target_and_not_in_the_snapshot_stays()
    {
        string original = MakeReference();
        string target = _scratch["target"] + original;
        await using MemoryStore store = new();
        await using Repository repository = await TestRepository.CreateByPasswordAsync(store, _scratch["cache"]);
        SnapshotId snapshot = await BackUpAsync(repository, original);
        Directory.CreateDirectory(target + "/contents/zeros");
        File.WriteAllText(target + "/contents/zeros/kept", "kept");
        File.WriteAllText(target + "/stray", "kept");
        RestoreResult result = await repository.RestoreAsync(snapshot, _scratch["target"], new RestoreOptions(), null, CancellationToken.None);

        // A directory is never removed for a file: it may hold what nobody wants to lose.
        RestoreProblem problem = Assert.Single(result.Problems);
        Assert.EndsWith("/contents/zeros", problem.Path, StringComparison.Ordinal);
        Assert.False(result.IsComplete);
        Assert.Equal(("kept", "kept"), (File.ReadAllText(target + "/contents/zeros/kept"), File.ReadAllText(target + "/stray")));
    }

    [Fact]
    public async Task A_part_of_a_snapshot_is_restored_alone()
    {
        string original = MakeReference();
        await using MemoryStore store = new();
        await using Repository repository = await TestRepository.CreateByPasswordAsync(store, _scratch["cache"]);
        SnapshotId snapshot = await BackUpAsync(repository, original);
        await repository.RestoreAsync(snapshot, _scratch["one"], new RestoreOptions { Path = original + "/contents/random-4096" }, null, CancellationToken.None);
        await repository.RestoreAsync(snapshot, _scratch["some"], new RestoreOptions { Path = original + "/contents" }, null, CancellationToken.None);
        Assert.Equal(File.ReadAllBytes(original + "/contents/random-4096"), File.ReadAllBytes(_scratch["one/random-4096"]));
        Assert.Equal([_scratch["one/random-4096"]], Directory.GetFileSystemEntries(_scratch["one"]));
        ExternalTool.Require("/", "diff", "-r", original + "/contents", _scratch["some"]);
        await Assert.ThrowsAsync<PathNotFoundException>(() => repository.RestoreAsync(
            snapshot, _scratch["none"], new RestoreOptions { Path = original + "/nothing" }, null, CancellationToken.None));
    }

    private static string ListOutside(string outside) =>
        ExternalTool.Require(outside, "find", ".", "-printf", @"%P %y %m %U %G %s %T@ %l\n") + File.ReadAllText(outside + "/secret") + File.ReadAllText(outside + "/linked");

    private static async Task<SnapshotId> BackUpAsync(Repository repository, string original)
    {
        BackupResult result = await repository.BackupAsync(new FileSystemSource([original]), new BackupOptions(), null, CancellationToken.None);
        Assert.Empty(result.Problems);
        return result.Snapshot.Id;
    }

    private static async Task RestoreAsync(Repository repository, SnapshotId snapshot, string target)
    {
        RestoreResult result = await repository.RestoreAsync(snapshot, target, new RestoreOptions(), null, CancellationToken.None);
        Assert.Empty(result.Problems);
        Assert.True(result.IsComplete);
    }

    private string MakeReference()
    {
        string original = _scratch.Make("original");
        foreach (string line in ReferenceTree.Make(original, files: 20))
        {
            output.WriteLine(line);
        }

        return original;
    }
}
