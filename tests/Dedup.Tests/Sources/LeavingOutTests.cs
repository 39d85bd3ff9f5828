using Dedup.Filtering;
using Dedup.Sources;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Sources;

/// <summary>What a source of files leaves out, as who walks it sees it.</summary>
public sealed class LeavingOutTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public LeavingOutTests()
    {
        foreach (string file in (string[])["a.o", "a.txt", "sub/b.O", "sub/keep.o", "sub/deep/c.o", "node_modules/x", "cache/junk", "cache/deep/junk"])
        {
            _scratch.Make(Path.GetDirectoryName(file)!);
            File.WriteAllText(_scratch[file], "content");
        }
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void What_matches_a_pattern_is_not_there()
    {
        Assert.Equal(["a.txt", "cache/", "cache/deep/", "cache/deep/junk", "cache/junk", "sub/", "sub/b.O", "sub/deep/", "sub/keep.o"], Walk(Excluding("*.o", "!keep.o", "node_modules")));
        Assert.Equal(["a.o", "a.txt"], Walk(Excluding(_scratch["*/"], "!*.o", "!*.txt")));
        Assert.DoesNotContain("sub/deep/", Walk(Excluding(_scratch["sub/deep"])));
        Assert.Contains("sub/deep/", Walk(Excluding("/sub/deep")));
        Assert.Contains("cache/", Walk(Excluding(_scratch["cache/**/*"])));
    }

    [Fact]
    public void A_path_that_is_named_itself_is_left_out_too_and_what_is_on_the_way_stays()
    {
        FileSystemSource source = new([_scratch["sub"], _scratch["a.o"], _scratch["a.txt"]], Excluding("*.o", _scratch["sub"]));
        using ISourceDirectory scratch = source.Open(_scratch.Path);
        Assert.Equal(["a.txt"], Names(scratch));
    }

    [Fact]
    public void A_marked_directory_keeps_its_marker_and_nothing_else()
    {
        FileSystemSourceOptions caches = new() { Markers = [DirectoryMarker.CacheTag] };
        File.WriteAllText(_scratch["cache/CACHEDIR.TAG"], "Signature: 8a477f597d28d172789f06886806bc55\n# made by a test");
        File.WriteAllText(_scratch["sub/CACHEDIR.TAG"], "Signature: 8a477f597d28d172789f06886806bc54");
        File.WriteAllText(_scratch["node_modules/CACHEDIR.TAG"], "Sig");
        _scratch.Make("sub/deep/CACHEDIR.TAG");
        IReadOnlyList<string> walked = Walk(caches);
        Assert.Equal(["cache/", "cache/CACHEDIR.TAG"], walked.Where(static path => path.StartsWith("cache/", StringComparison.Ordinal)));
        Assert.Contains("sub/keep.o", walked);
        Assert.Contains("node_modules/x", walked);
        Assert.Contains("sub/deep/c.o", walked);
        Assert.DoesNotContain("sub/deep/c.o", Walk(new() { Markers = [DirectoryMarker.Parse("CACHEDIR.TAG")] }));
    }

    [Fact]
    public void A_file_of_any_name_may_mark_with_or_without_a_header()
    {
        File.WriteAllText(_scratch["sub/.nobackup"], "no: thanks");
        File.WriteAllText(_scratch["cache/.nobackup"], "");
        Assert.Equal(["cache/", "cache/.nobackup", "sub/", "sub/.nobackup"], Walk(Marked(".nobackup")).Where(static path => path[0] is 'c' or 's'));
        Assert.Equal(["cache/", "cache/.nobackup", "cache/deep/", "cache/deep/junk", "cache/junk", "sub/", "sub/.nobackup"], Walk(Marked(".nobackup:no: ")).Where(static path => path[0] is 'c' or 's'));
        Assert.Throws<ArgumentException>(() => DirectoryMarker.Parse("a/b"));

        static FileSystemSourceOptions Marked(string text) => new() { Markers = [DirectoryMarker.Parse(text)] };
    }

    [Fact]
    public void Files_that_are_too_large_are_left_out_and_nothing_else_is()
    {
        File.WriteAllText(_scratch["sub/exactly"], "1234567");
        File.WriteAllText(_scratch["sub/more"], "12345678");
        File.CreateSymbolicLink(_scratch["sub/a-link-with-a-long-target"], "12345678");
        IReadOnlyList<string> walked = Walk(new() { LargestFile = 7 });
        Assert.Contains("sub/exactly", walked);
        Assert.Contains("sub/a-link-with-a-long-target", walked);
        Assert.DoesNotContain("sub/more", walked);
    }

    [Fact]
    public void Paths_that_are_no_text_can_be_asked_for()
    {
        using (TreeMaker maker = TreeMaker.Open(_scratch.Path))
        {
            maker.File([0xFF, 0xFE], "content"u8);
        }

        byte[] path = [.. System.Text.Encoding.UTF8.GetBytes(_scratch.Path), .. "/./x//../"u8, 0xFF, 0xFE];
        using ISourceDirectory scratch = FileSystemSource.FromBytes([path]).Open(_scratch.Path);
        Assert.Equal([EntryName.FromBytes([0xFF, 0xFE])], scratch.ReadNames());
    }

    [Fact]
    public void What_is_windows_into_the_kernel_is_left_out_of_the_whole_server_and_read_where_it_is_named()
    {
        using ISourceDirectory root = new FileSystemSource(["/"]).OpenRoot();
        using ISourceDirectory proc = root.OpenDirectory(EntryName.FromText("proc"));
        Assert.Empty(proc.ReadNames());
        using ISourceDirectory sys = root.OpenDirectory(EntryName.FromText("sys"));
        Assert.Empty(sys.ReadNames());
        using ISourceDirectory named = new FileSystemSource(["/proc"]).Open("/proc");
        Assert.Contains("self", Names(named));
    }

    [MountFact]
    public void A_file_system_in_memory_is_left_out_only_where_memory_is_meant_to_be_lost()
    {
        _scratch.Make("mounted");
        ExternalTool.Require(_scratch.Path, "mount", "-t", "tmpfs", "none", "mounted");
        try
        {
            File.WriteAllText(_scratch["mounted/data"], "");
            Assert.Contains("mounted/data", Walk(new()));
            Assert.Contains("mounted/", Walk(new() { OneFileSystem = true }));
            Assert.DoesNotContain("mounted/data", Walk(new() { OneFileSystem = true }));
            ExternalTool.Require(_scratch.Path, "umount", "mounted");
            ExternalTool.Require(_scratch.Path, "mount", "-t", "proc", "none", "mounted");
            Assert.Equal(["mounted/"], Walk(new()).Where(static path => path.StartsWith("mounted", StringComparison.Ordinal)));
        }
        finally
        {
            ExternalTool.Require(_scratch.Path, "umount", "mounted");
        }
    }

    [Fact]
    public void Whether_a_backup_meets_an_entry_can_be_asked()
    {
        FileSystemSource source = new([_scratch.Path], Excluding("node_modules", "*.txt"));
        Assert.True(source.Meets(_scratch["sub/deep/c.o"]));
        Assert.False(source.Meets(_scratch["node_modules/x"]));
        Assert.False(source.Meets(_scratch["a.txt"]));
        Assert.False(source.Meets(_scratch["missing"]));
        Assert.False(source.Meets("/etc/passwd"));
    }

    [Theory]
    [InlineData("*.o", "a.o")]
    [InlineData("s?b/*.[oO]", "sub/b.O sub/keep.o")]
    [InlineData("*/deep/*", "cache/deep/junk sub/deep/c.o")]
    [InlineData("./sub/../a.txt", "a.txt")]
    [InlineData("missing", "")]
    [InlineData("missing/*", "")]
    [InlineData("a.txt/*", "")]
    [InlineData("\\*", "*")]
    public void Shell_patterns_stand_for_what_is_there(string pattern, string expected)
    {
        File.WriteAllText(_scratch["*"], "");
        IEnumerable<string> found = PathGlob.Expand(System.Text.Encoding.UTF8.GetBytes($"{_scratch.Path}/{pattern}"), "")
            .Select(path => Path.GetRelativePath(_scratch.Path, System.Text.Encoding.UTF8.GetString(path.Span)));
        Assert.Equal(expected, string.Join(' ', found));
    }

    private static FileSystemSourceOptions Excluding(params string[] patterns) =>
        new() { Excludes = new PathPatterns(patterns.Select(static pattern => PathPattern.Parse(pattern))) };

    private static string[] Names(ISourceDirectory directory) => [.. directory.ReadNames().Select(static name => name.ToString())];

    private List<string> Walk(FileSystemSourceOptions options)
    {
        List<string> walked = [];
        using ISourceDirectory scratch = new FileSystemSource([_scratch.Path], options).Open(_scratch.Path);
        Add(scratch, "");
        walked.Sort(StringComparer.Ordinal);
        return walked;

        void Add(ISourceDirectory directory, string prefix)
        {
            foreach (EntryName name in directory.ReadNames())
            {
                NodeMetadata metadata = directory.Stat(name);
                if (!directory.Includes(name, metadata))
                {
                    continue;
                }

                bool isDirectory = metadata.Type == NodeType.Directory;
                walked.Add($"{prefix}{name}{(isDirectory ? "/" : "")}");
                if (isDirectory)
                {
                    using ISourceDirectory below = directory.OpenDirectory(name);
                    Add(below, $"{prefix}{name}/");
                }
            }
        }
    }
}
