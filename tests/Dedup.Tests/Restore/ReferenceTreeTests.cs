using Dedup.Restore;
using Dedup.Sources;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Restore;

public sealed class ReferenceTreeTests(ITestOutputHelper output) : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Every_kind_of_entry_is_read_and_written_as_it_was()
    {
        string original = MakeReference();
        Assert.Empty(Copy(original));
        Assert.Empty(TreeComparer.Differences(original, _scratch["target"] + original));
    }

    [Fact]
    public void Writing_over_a_tree_of_something_else_makes_it_the_same()
    {
        string original = MakeReference();
        string target = _scratch["target"] + original;
        Assert.Empty(Copy(original));
        ExternalTool.Require(target, "setfattr", "-n", "user.stray", "-v", "x", "contents/random-1");
        ExternalTool.Require(target, "setfacl", "-m", "u:99:r", "contents/random-511");
        ExternalTool.Require(target, "ln", "-sf", "/etc/passwd", "contents/zeros");
        ExternalTool.Require(target, "mv", "metadata", _scratch["moved"]);
        ExternalTool.Require(target, "ln", "-s", "/etc", "metadata");
        Assert.Empty(Copy(original));
        Assert.Empty(TreeComparer.Differences(original, target));
    }

    [Fact]
    public void A_thousand_directories_in_one_another_are_read_and_written()
    {
        string original = _scratch.Make("original");
        ReferenceTree.Make(original, files: 1, depth: 1000);
        Assert.Empty(Copy(original));
        Assert.Empty(TreeComparer.Differences(original, _scratch["target"] + original));
    }

    [Fact]
    public void The_comparison_finds_a_copy_by_another_tool_the_same()
    {
        string original = MakeReference();
        Assert.Empty(TreeComparer.Differences(original, CopyByRsync(original)));
    }

    [Theory]
    [InlineData("chmod 600 contents/zeros")]
    [InlineData("chmod 700 many")]
    [InlineData("touch -h -d '2001-01-01 00:00:00.000000001' links/dangling")]
    [InlineData("touch -d @1000000000.000000002 links")]
    [InlineData("printf x | dd of=contents/random-65536 bs=1 seek=70 conv=notrunc,nocreat; touch -r ../original/contents/random-65536 contents/random-65536")]
    [InlineData("truncate -s +1 contents/random-4095; touch -r ../original/contents/random-4095 contents/random-4095")]
    [InlineData("rm many/file-000003; touch -r ../original/many many")]
    [InlineData("touch many/file-new; touch -r ../original/many many")]
    [InlineData("ln -sfn elsewhere links/to-root; touch -h -r ../original/links/to-root links/to-root; touch -r ../original/links links")]
    [InlineData("cp -p links/first x; rm links/first; mv x links/first; touch -r ../original/links links")]
    [InlineData("ln -f many/file-000001 many/file-000002; touch -r ../original/many many")]
    [InlineData("setfattr -n user.binary -v other metadata/attributes")]
    [InlineData("setfattr -x user.empty metadata/attributes")]
    [InlineData("setfacl -m u:99:r metadata/access-list")]
    [InlineData("setfacl -d -m u:99:r metadata/default-access-list")]
    [InlineData("fallocate -l 12M contents/holes-everywhere; touch -r ../original/contents/holes-everywhere contents/holes-everywhere")]
    [InlineData("rm pipe; touch pipe; chmod 640 pipe; touch -r ../original/pipe pipe; touch -r ../original .")]
    public void The_comparison_notices_a_change(string change)
    {
        string original = MakeReference();
        ExternalTool.Require(CopyByRsync(original), "sh", "-ec", change);
        Assert.NotEmpty(TreeComparer.Differences(original, _scratch["copy"]));
    }

    [RootFact]
    public void The_comparison_notices_changes_that_only_root_can_make()
    {
        string original = MakeReference();
        string[] changes =
        [
            "chown -h 1:4321 owned/link",
            "rm owned/null; mknod -m 640 owned/null c 1 5; setfattr -n trusted.of-the-device -v 0x00ff owned/null; touch -r ../original/owned/null owned/null; touch -r ../original/owned owned",
            "setfattr -h -n trusted.of-the-link -v other owned/link",
        ];
        foreach (string change in changes)
        {
            Assert.Empty(TreeComparer.Differences(original, CopyByRsync(original)));
            ExternalTool.Require(_scratch["copy"], "sh", "-ec", change);
            Assert.NotEmpty(TreeComparer.Differences(original, _scratch["copy"]));
        }
    }

    // What went wrong in the tree: the directories on the way to it are root's, and an ordinary user cannot make them so.
    private IEnumerable<RestoreProblem> Copy(string original) =>
        TreeCopy.Run(new FileSystemSource([original]), _scratch["target"])
            .Where(problem => problem.Path.StartsWith(_scratch["target"] + original, StringComparison.Ordinal));

    // The copy is made by a tool of the system, as the comparison is what is tested.
    private string CopyByRsync(string original)
    {
        ExternalTool.Require(
            _scratch.Path, "rsync", "-aHAXS", "--modify-window=-1", "--numeric-ids", "--delete", original + "/", "copy/");
        return _scratch["copy"];
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
