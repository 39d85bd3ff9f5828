using Dedup.Filtering;
using Dedup.Restore;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Restore;

/// <summary>Patterns choose what is restored, deleted, verified and counted.</summary>
public sealed class SelectionTests(RestoreScene scene) : IClassFixture<RestoreScene>
{
    private const string Tree = """
        mkdir -p a/b c empty; for d in a a/b c; do echo $d > $d/text.txt; echo $d > $d/log.log; done; ln a/text.txt c/linked.txt
        chmod 2750 a; find . -exec touch -h -d @1000000000 {} +
        """;

    [Fact]
    public async Task Only_what_is_included_is_made_and_the_directories_on_the_way_to_it()
    {
        await scene.MakeAsync(Tree);
        RestoreResult result = await RestoreAsync(new RestoreOptions { Includes = Patterns("b/*.txt", "c"), Verify = true });
        Assert.Equal(["a", "a/b", "a/b/text.txt", "c", "c/linked.txt", "c/log.log", "c/text.txt"], Entries());
        Assert.Equal((4, 0), (result.FilesVerified, result.Problems.Count));
        Assert.Equal("2750 1000000000", ExternalTool.Require(scene.Target, "stat", "--printf=%a %Y", "a"));
        Assert.Equal(4 + 1, result.TotalEntries);
    }

    [Fact]
    public async Task What_is_excluded_is_not_made_with_all_below_it()
    {
        await scene.MakeAsync(Tree);
        RestoreResult result = await RestoreAsync(new RestoreOptions { Excludes = Patterns("/a/b", "*.log"), Verify = true });
        Assert.Equal(["a", "a/text.txt", "c", "c/linked.txt", "c/text.txt", "empty"], Entries());
        Assert.Equal((3, 0), (result.FilesVerified, result.Problems.Count));
        Assert.Equal("2", ExternalTool.Require(scene.Target, "stat", "--printf=%h", "a/text.txt"));
    }

    [Fact]
    public async Task What_is_excluded_is_not_deleted_and_of_what_is_included_only_that()
    {
        await scene.MakeAsync(Tree);
        await RestoreAsync(new RestoreOptions());
        ExternalTool.Require(scene.Target, "sh", "-ec", "mkdir -p a/stray/deep; for f in a/stray/deep/x.txt a/stray/x.log a/stray.log c/stray.txt; do echo x > $f; done");
        string[] all = Entries();
        RestoreOptions included = new() { Delete = true, Includes = Patterns("*.txt") };
        Assert.Equal(2, (await RestoreAsync(included with { IsDryRun = true })).EntriesDeleted);
        Assert.Equal(all, Entries());
        Assert.Equal(2, (await RestoreAsync(included)).EntriesDeleted);
        Assert.Equal(all.Except(["a/stray/deep/x.txt", "c/stray.txt"]), Entries());

        Assert.Equal(1, (await RestoreAsync(new RestoreOptions { Delete = true, Excludes = Patterns("*.log") })).EntriesDeleted);
        Assert.Equal(all.Except(["a/stray/deep/x.txt", "c/stray.txt", "a/stray/deep"]), Entries());
    }

    [Fact]
    public async Task A_directory_that_was_there_and_is_only_on_the_way_keeps_what_it_has()
    {
        await scene.MakeAsync(Tree);
        await RestoreAsync(new RestoreOptions());
        ExternalTool.Require(scene.Target, "sh", "-ec", "chmod 700 a; rm a/b/text.txt");
        await RestoreAsync(new RestoreOptions { Includes = Patterns("/a/b/*.txt") });
        Assert.Equal("2700", ExternalTool.Require(scene.Target, "stat", "--printf=%a", "a"));
        Assert.True(File.Exists(scene.Target + "/a/b/text.txt"));
    }

    private static PathPatterns Patterns(params string[] patterns) => new(patterns.Select(static text => PathPattern.Parse(text, ignoresCase: false)));

    private string[] Entries() =>
        [.. ExternalTool.Require(scene.Target, "find", ".", "-mindepth", "1", "-printf", "%P\\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    private Task<RestoreResult> RestoreAsync(RestoreOptions options) => scene.RestoreAsync(options with { Path = scene.Original });
}
