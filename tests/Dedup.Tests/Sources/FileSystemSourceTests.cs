using System.Text;
using Dedup.Sources;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Sources;

public sealed class FileSystemSourceTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Directories_on_the_way_show_only_what_was_asked_for_and_keep_their_metadata()
    {
        _scratch.Make("on/the/way");
        _scratch.Make("on/aside");
        File.WriteAllText(_scratch["on/the/other"], "");
        File.WriteAllText(_scratch["on/the/way/file"], "");
        ExternalTool.Require(_scratch.Path, "chmod", "711", "on");

        FileSystemSource source = new([_scratch["on/the/way"]]);
        using ISourceDirectory scratch = source.Open(_scratch.Path);
        Assert.Equal(["on"], Names(scratch));
        NodeMetadata metadata = scratch.Stat(EntryName.FromText("on"));
        Assert.Equal((NodeType.Directory, Convert.ToUInt32("711", 8)), (metadata.Type, metadata.Mode));
        using ISourceDirectory on = scratch.OpenDirectory(EntryName.FromText("on"));
        Assert.Equal(["the"], Names(on));
        using ISourceDirectory the = on.OpenDirectory(EntryName.FromText("the"));
        Assert.Equal(["way"], Names(the));
        using ISourceDirectory way = the.OpenDirectory(EntryName.FromText("way"));
        Assert.Equal(["file"], Names(way));
    }

    [Fact]
    public void Paths_named_twice_or_below_one_another_count_once_whatever_their_order()
    {
        string a = _scratch.Make("a");
        string b = _scratch.Make("a/b");
        string c = _scratch.Make("c");
        foreach (string[] paths in (string[][])[[b, a, c + "/", a], [c, a, b, $"{a}/./b/../../c"], [a + "//", c]])
        {
            Assert.Equal([a, c], new FileSystemSource(paths).Paths);
        }

        Assert.Equal(["/"], new FileSystemSource([a, "/", c]).Paths);
    }

    [Fact]
    public void A_name_that_starts_like_another_is_not_below_it()
    {
        string a = _scratch.Make("a");
        string ab = _scratch.Make("ab");
        Assert.Equal([a, ab], new FileSystemSource([ab, a]).Paths);
    }

    [Fact]
    public void Relative_paths_are_made_absolute() =>
        Assert.Equal([Path.Combine(Environment.CurrentDirectory, "x")], new FileSystemSource(["y/../x"]).Paths);

    [Fact]
    public void A_path_may_name_a_file_or_a_link_which_is_not_followed()
    {
        string directory = _scratch.Make("directory");
        File.WriteAllText(_scratch["file"], "content");
        File.CreateSymbolicLink(_scratch["link"], directory);

        FileSystemSource source = new([_scratch["file"], _scratch["link"]]);
        using ISourceDirectory scratch = source.Open(_scratch.Path);
        Assert.Equal(["file", "link"], Names(scratch));
        Assert.Equal(NodeType.SymbolicLink, scratch.Stat(EntryName.FromText("link")).Type);
        Assert.Equal(directory, Encoding.UTF8.GetString(scratch.ReadLink(EntryName.FromText("link"))));
        using ISourceFile file = scratch.OpenFile(EntryName.FromText("file"));
        byte[] content = new byte[100];
        Assert.Equal("content", Encoding.UTF8.GetString(content, 0, file.Read(0, content)));
    }

    [Fact]
    public void Links_on_the_way_to_a_path_are_resolved()
    {
        string real = _scratch.Make("data/home/ann");
        File.CreateSymbolicLink(_scratch["home"], _scratch["data/home"]);
        FileSystemSource source = new([_scratch["home/ann"], real]);
        Assert.Equal([real], source.Paths);
        source.Open(real).Dispose();
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("missing/below")]
    [InlineData("there/missing")]
    public void A_path_that_is_not_there_is_named_with_what_to_do(string relative)
    {
        _scratch.Make("there");
        FileSystemSource source = new([_scratch.Make("also-there"), _scratch[relative]]);
        SourceException e = Assert.Throws<SourceException>(source.OpenRoot);
        Assert.StartsWith(_scratch[relative.Split('/')[0]], e.Path, StringComparison.Ordinal);
        Assert.Contains("does not exist: check the spelling", e.Message, StringComparison.Ordinal);
        Assert.False(e.HasVanished);
    }

    [Fact]
    public void A_path_below_a_file_is_refused()
    {
        File.WriteAllText(_scratch["file"], "");
        SourceException e = Assert.Throws<SourceException>(new FileSystemSource([_scratch["file/below"]]).OpenRoot);
        Assert.Contains("not a directory", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_path_an_empty_path_and_a_path_with_NUL_are_misuse()
    {
        Assert.Throws<ArgumentException>(() => new FileSystemSource([]));
        Assert.Throws<ArgumentException>(() => new FileSystemSource([""]));
        Assert.Throws<ArgumentException>(() => new FileSystemSource(["a\0b"]));
    }

    [Fact]
    public void The_root_of_everything_can_be_backed_up()
    {
        using ISourceDirectory root = new FileSystemSource(["/"]).OpenRoot();
        Assert.Equal(["etc", "proc", "usr"], Names(root).Intersect(["etc", "proc", "usr"]));
    }

    [Fact]
    public void Another_file_system_is_shown_empty_when_one_is_to_be_kept_to()
    {
        using ISourceDirectory root = new FileSystemSource(["/"], new FileSystemSourceOptions { OneFileSystem = true }).OpenRoot();
        using ISourceDirectory proc = root.OpenDirectory(EntryName.FromText("proc"));
        Assert.Empty(proc.ReadNames());

        using ISourceDirectory asked = new FileSystemSource(["/proc"], new FileSystemSourceOptions { OneFileSystem = true }).Open("/proc");
        Assert.Contains("self", Names(asked));
    }

    [RootFact]
    public void A_parent_that_may_be_passed_through_but_not_listed_is_no_obstacle()
    {
        string inner = _scratch.Make("closed/open");
        ExternalTool.Require(_scratch.Path, "chmod", "711", "closed");
        OrdinaryUser.Run(() => Assert.Empty(Names(new FileSystemSource([inner]).Open(inner))));
    }

    private static string[] Names(ISourceDirectory directory) => [.. directory.ReadNames().Select(static name => name.ToString())];
}
