using Dedup.Restore;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Restore;

/// <summary>Deleting goes as far as the snapshot knows, and no further.</summary>
public sealed class DeletionTests(RestoreScene scene) : IClassFixture<RestoreScene>
{
    private static readonly RestoreOptions Delete = new() { Delete = true };

    [Fact]
    public async Task Nothing_is_deleted_beside_what_was_backed_up()
    {
        await scene.MakeAsync("echo x > file");
        await scene.RestoreAndChangeAsync("echo x > stray");
        string[] beside = [scene.Target + "/beside", Path.GetDirectoryName(scene.Restored) + "/beside"];
        Array.ForEach(beside, path => File.WriteAllText(path, "kept"));
        RestoreResult result = await scene.RestoreAsync(Delete);
        Assert.Equal(1, result.EntriesDeleted);
        Assert.All(beside, path => Assert.True(File.Exists(path)));
        Assert.False(File.Exists(scene.Restored + "/stray"));
    }

    [Fact]
    public async Task Nothing_is_deleted_without_being_asked_or_beside_a_single_file()
    {
        await scene.MakeAsync("mkdir d; echo x > d/file");
        await scene.RestoreAndChangeAsync("echo x > d/stray");
        await scene.RestoreAsync();
        await scene.Repository.RestoreAsync(
            scene.Snapshot, scene.Restored + "/d", Delete with { Path = scene.Original + "/d/file" }, null, CancellationToken.None);
        Assert.True(File.Exists(scene.Restored + "/d/stray"));
        await scene.Repository.RestoreAsync(scene.Snapshot, scene.Restored + "/d", Delete with { Path = scene.Original + "/d" }, null, CancellationToken.None);
        Assert.False(File.Exists(scene.Restored + "/d/stray"));
    }

    [MountFact]
    public async Task Nothing_is_deleted_on_another_file_system()
    {
        await scene.MakeAsync("mkdir mounted; echo x > file");
        await scene.RestoreAndChangeAsync("mkdir -p stray/mounted-too");
        foreach (string folder in (string[])["mounted", "stray/mounted-too"])
        {
            ExternalTool.Require(scene.Restored, "mount", "-t", "tmpfs", "tmpfs", folder);
            File.WriteAllText($"{scene.Restored}/{folder}/kept", "kept");
        }

        try
        {
            RestoreResult result = await scene.RestoreAsync(Delete);
            Assert.Equal(0, result.EntriesDeleted);
            Assert.Equal(2, result.Problems.Count);
            Assert.All((string[])["mounted", "stray/mounted-too"], folder => Assert.True(File.Exists($"{scene.Restored}/{folder}/kept")));
            RestoreException refused = await Assert.ThrowsAsync<RestoreException>(() =>
                scene.Repository.RestoreAsync(scene.Snapshot, scene.Restored + "/mounted", Delete, null, CancellationToken.None));
            Assert.StartsWith("nothing is deleted in the root of a whole file system", refused.Reason, StringComparison.Ordinal);
        }
        finally
        {
            ExternalTool.Require(scene.Restored, "umount", "mounted", "stray/mounted-too");
        }
    }

    [Fact]
    public async Task The_root_of_all_is_refused_before_anything_is_done() => Assert.Equal(
        "/", (await Assert.ThrowsAsync<RestoreException>(() => scene.Repository.RestoreAsync(
            scene.Snapshot, "/", Delete with { IsDryRun = true }, null, CancellationToken.None))).Path);

    [Theory]
    [InlineData("/home/ann /srv", "", false)]
    [InlineData("/home/ann /srv", "home", false)]
    [InlineData("/home/ann /srv", "home ann", true)]
    [InlineData("/home/ann /srv", "home ann x y", true)]
    [InlineData("/home/ann /srv", "srv", true)]
    [InlineData("/home/ann /srv", "home bob", false)]
    [InlineData("/home/ann /home", "home bob", true)]
    [InlineData("/", "", true)]
    [InlineData("/", "etc", true)]
    [InlineData("stdin", "", false)]
    [InlineData("stdin", "stdin", false)]
    public void A_snapshot_knows_a_directory_from_what_was_backed_up_on_down(string paths, string way, bool isWhole)
    {
        DeletionScope scope = DeletionScope.Of(paths.Split(' '));
        foreach (string name in way.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            scope = scope.Enter(EntryName.FromText(name));
        }

        Assert.Equal(isWhole, scope.IsWhole);
    }

    [Fact]
    public async Task Strays_a_thousand_deep_go()
    {
        await scene.MakeAsync("echo x > file");
        await scene.RestoreAndChangeAsync("d=stray; mkdir $d; cd $d; for i in $(seq 1000); do mkdir d; cd d; done; echo x > file");
        RestoreResult result = await scene.RestoreAsync(Delete);
        Assert.Equal((1002, 0), (result.EntriesDeleted, result.Problems.Count));
        scene.AssertSame();
    }
}
