using Dedup.Restore;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Restore;

/// <summary>A restore over what is there makes it what it was, writes little, and touches nothing else.</summary>
public sealed class UpdateTests(RestoreScene scene, ITestOutputHelper output) : IClassFixture<RestoreScene>
{
    private const string Tree = """
        mkdir -p plain/deep/er empty links sparse
        for i in 1 2 3 4 5 6 7 8; do head -c $(( i * 40000 )) /dev/urandom > plain/random-$i; done
        for i in 1 2 3 4 5 6; do echo content $i > plain/deep/small-$i; head -c 70000 /dev/zero | tr '\0' $i > plain/deep/er/same-$i; done
        touch plain/nothing
        truncate -s 400000 sparse/hole; printf x | dd of=sparse/hole bs=1 seek=200000 conv=notrunc status=none
        truncate -s 100000 sparse/all
        head -c 100000 /dev/urandom > links/one; ln links/one links/two; ln links/one plain/three
        ln -s ../plain links/soft; mkfifo -m 640 links/pipe
        setfattr -n user.mine -v value plain/random-1; setfacl -m u:7:rw plain/random-2; setfacl -d -m g:8:rx plain/deep
        chmod 444 plain/random-3; chmod 0 plain/random-4; chmod 4755 plain/deep/small-1
        find . -exec touch -h -d '2020-02-02 02:02:02.123456789' {} +
        """;

    [Theory]
    [InlineData(1, OverwriteMode.Always, false)]
    [InlineData(2, OverwriteMode.Always, true)]
    [InlineData(3, OverwriteMode.Always, false)]
    [InlineData(4, OverwriteMode.Always, false)]
    [InlineData(5, OverwriteMode.Always, true)]
    [InlineData(6, OverwriteMode.Always, false)]
    [InlineData(7, OverwriteMode.Always, false)]
    [InlineData(8, OverwriteMode.Always, true)]
    [InlineData(9, OverwriteMode.Always, false)]
    [InlineData(10, OverwriteMode.Always, false)]
    [InlineData(11, OverwriteMode.Always, false)]
    [InlineData(12, OverwriteMode.Always, true)]
    public async Task Whatever_was_done_to_the_target_a_restore_makes_it_the_same_and_nothing_outside_changes(int seed, OverwriteMode mode, bool isSparse)
    {
        await PrepareAsync();
        foreach (string line in new TargetDamage(scene.Restored, scene.Outside, seed).Do(25))
        {
            output.WriteLine(line);
        }

        string before = scene.ListOutside();
        RestoreOptions options = new() { Overwrite = mode, Delete = true, Sparse = isSparse, Verify = true };
        RestoreResult result = await scene.RestoreAsync(options);
        Assert.Empty(result.Problems);
        scene.AssertSame();
        Assert.Equal(before, scene.ListOutside());
        Assert.True(result.FilesVerified > 20);

        RestoreResult again = await scene.RestoreAsync(options);
        Assert.Equal((0, 0, 0, 0), (again.Entries, again.Bytes, again.BytesWritten, again.EntriesDeleted));
        Assert.Empty(again.Problems);
        scene.AssertSame();
    }

    [Fact]
    public async Task Of_a_changed_chunk_only_the_pages_that_differ_are_written()
    {
        await scene.MakeAsync("head -c 3000000 /dev/urandom > large; chmod 600 large");
        await scene.RestoreAndChangeAsync(string.Concat(Enumerable.Range(0, 7).Select(i =>
            $"head -c 4096 /dev/zero | dd of=large bs=4096 seek={(i * 100) + 3} conv=notrunc status=none;")));
        string inode = Stat("%i", "large");
        RestoreResult result = await scene.RestoreAsync();
        Assert.Equal(7 * 4096, result.BytesWritten);
        Assert.Equal((1, inode), (result.Entries, Stat("%i", "large")));
        Assert.InRange(result.Bytes, 7 * 4096, 7 * 64 << 10);
        Assert.Equal(3_000_000, result.Bytes + result.BytesSkipped);
        scene.AssertSame();
    }

    [Fact]
    public async Task What_has_the_snapshots_size_and_time_is_believed_when_asked_so_and_read_otherwise()
    {
        await MakeFileAsync();
        await scene.RestoreAndChangeAsync("printf changed > file; touch -d '2020-02-02 02:02:02.5' file");
        RestoreResult believed = await scene.RestoreAsync(new RestoreOptions { Overwrite = OverwriteMode.IfChanged });
        Assert.Equal((0, "changed"), (believed.Entries, Content()));
        RestoreResult read = await scene.RestoreAsync();
        Assert.Equal((1, "content"), (read.Entries, Content()));
        scene.AssertSame();
    }

    [Fact]
    public async Task What_is_newer_stays_when_asked_so_and_what_is_older_does_not()
    {
        await MakeFileAsync();
        await scene.RestoreAndChangeAsync("printf changed > file; touch -d '2020-02-02 02:02:03' file");
        RestoreOptions options = new() { Overwrite = OverwriteMode.IfNewer, Verify = true };
        RestoreResult result = await scene.RestoreAsync(options);
        Assert.Equal(("changed", 0, 0), (Content(), result.Problems.Count, result.FilesVerified));
        ExternalTool.Require(scene.Restored, "touch", "-d", "2020-02-02 02:02:01", "file");
        result = await scene.RestoreAsync(options);
        Assert.Equal(("content", 1), (Content(), result.FilesVerified));
        scene.AssertSame();
    }

    [Fact]
    public async Task What_is_there_stays_when_asked_so_and_only_what_is_missing_is_made()
    {
        await PrepareAsync();
        ExternalTool.Require(scene.Restored, "sh", "-ec", $"""
            printf changed > plain/deep/small-1; rm plain/random-5 links/two; ln -sf {scene.Outside}/secret plain/random-6
            rm plain/random-7; mkdir -p plain/random-7/kept; rm links/one; printf other > links/one
            """);
        RestoreResult result = await scene.RestoreAsync(new RestoreOptions { Overwrite = OverwriteMode.Never, Verify = true });
        Assert.Empty(result.Problems);
        Assert.Equal("changed", File.ReadAllText(scene.Restored + "/plain/deep/small-1"));
        Assert.NotNull(new FileInfo(scene.Restored + "/plain/random-6").LinkTarget);
        Assert.True(Directory.Exists(scene.Restored + "/plain/random-7/kept"));

        // The first of several names is left: the others are none of that file, but of what was in the snapshot.
        Assert.Equal("other", File.ReadAllText(scene.Restored + "/links/one"));
        foreach (string name in (string[])["links/two", "plain/random-5"])
        {
            Assert.Equal(File.ReadAllBytes($"{scene.Original}/{name}"), File.ReadAllBytes($"{scene.Restored}/{name}"));
        }
    }

    [Fact]
    public async Task A_file_with_other_names_outside_is_replaced_even_when_only_its_mode_differs()
    {
        await MakeFileAsync();
        await scene.RestoreAndChangeAsync($"ln file {scene.Outside}/name; chmod 777 file");
        string before = scene.ListOutside();
        await scene.RestoreAsync(new RestoreOptions { Overwrite = OverwriteMode.IfChanged });
        Assert.Equal(before, scene.ListOutside());
        scene.AssertSame();
        File.Delete(scene.Outside + "/name");
    }

    [RootFact]
    public async Task A_file_of_another_owner_is_replaced_because_he_may_have_it_open()
    {
        await MakeFileAsync();
        await scene.RestoreAndChangeAsync("chown 1234 file; chmod 666 file; printf x > file");
        using FileStream held = File.OpenRead(scene.Restored + "/file");
        await scene.RestoreAsync();
        Assert.Equal('x', held.ReadByte());
        Assert.Equal(-1, held.ReadByte());
        scene.AssertSame();
    }

    [Fact]
    public async Task Zeros_become_holes_when_asked_so_in_new_files_and_in_old_ones()
    {
        await scene.MakeAsync("head -c 1000000 /dev/zero > zeros; (head -c 5000 /dev/urandom; head -c 1000000 /dev/zero; echo end) > mixed");
        await scene.RestoreAsync();
        Assert.True(Blocks("zeros") > 1900 && Blocks("mixed") > 1900);
        Assert.Empty((await scene.RestoreAsync(new RestoreOptions { Sparse = true, Verify = true })).Problems);
        // A page that two chunks share stays where it was allocated.
        Assert.True(Blocks("zeros") < 800 && Blocks("mixed") < 800, $"{Blocks("zeros")} and {Blocks("mixed")} blocks");
        scene.AssertSame();
        ExternalTool.Require(scene.Restored, "rm", "zeros", "mixed");
        RestoreResult fresh = await scene.RestoreAsync(new RestoreOptions { Sparse = true, Verify = true });
        Assert.True(Blocks("zeros") < 64 && Blocks("mixed") < 128, $"{Blocks("zeros")} and {Blocks("mixed")} blocks");
        Assert.True(fresh.BytesWritten < 20_000);
        Assert.Empty(fresh.Problems);
        scene.AssertSame();
    }

    [Fact]
    public async Task Each_entry_is_told_with_what_became_of_it_and_a_dry_run_tells_the_same_and_does_nothing()
    {
        await scene.MakeAsync("echo a > same; echo b > other; echo c > gone; mkdir d; echo e > d/in; find . -exec touch -d @1000000000 {} +");
        await scene.RestoreAndChangeAsync("echo longer > other; rm gone; echo s > d/stray; rm -rf d/in; mkdir d/in; touch -d @1000000000 d");
        string before = ExternalTool.Require(scene.Restored, "find", ".", "-printf", @"%P %s %T@ %i\n");
        ActionLog dry = new();
        RestoreOptions options = new() { Delete = true, Actions = dry };
        RestoreResult planned = await scene.RestoreAsync(options with { IsDryRun = true });
        Assert.Equal(before, ExternalTool.Require(scene.Restored, "find", ".", "-printf", @"%P %s %T@ %i\n"));
        ActionLog wet = new();
        RestoreResult result = await scene.RestoreAsync(options with { Actions = wet });
        Assert.Equal(
            ["Deleted d/in", "Deleted d/stray", "Restored d/in", "Restored gone", "Unchanged ", "Unchanged d", "Unchanged same", "Updated other"],
            wet.Below(scene.Restored));
        Assert.Equal(wet.Below(scene.Restored), dry.Below(scene.Restored));
        Assert.Equal((result.Entries, result.EntriesSkipped, result.EntriesDeleted), (planned.Entries, planned.EntriesSkipped, planned.EntriesDeleted));
        scene.AssertSame();
    }

    private async Task PrepareAsync()
    {
        ExternalTool.Require(scene.Outside, "sh", "-ec", "rm -rf -- *; printf untouched | tee secret > linked; chmod 640 *; touch -d @1000000000 * .");
        await scene.MakeAsync(Tree);
        Assert.Empty((await scene.RestoreAsync()).Problems);
        scene.AssertSame();
    }

    private Task MakeFileAsync() => scene.MakeAsync("printf content > file; touch -d '2020-02-02 02:02:02.5' file .");

    private string Content() => File.ReadAllText(scene.Restored + "/file");

    private long Blocks(string name) => long.Parse(Stat("%b", name), System.Globalization.CultureInfo.InvariantCulture);

    private string Stat(string format, string name) => ExternalTool.Require(scene.Restored, "stat", $"--printf={format}", name);
}
