using Dedup.Exporting;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Exporting;

public sealed class NewFileTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_file_gets_its_name_when_it_is_complete()
    {
        using NewFile file = NewFile.Create(_scratch["new"], replaces: false);
        file.Content.Write("content"u8);
        Assert.False(File.Exists(_scratch["new"]));
        file.Commit();
        Assert.Equal("content", File.ReadAllText(_scratch["new"]));
        Assert.Equal("600", ExternalTool.Require(_scratch.Path, "stat", "-c", "%a", "new").Trim());
        Assert.Equal([_scratch["new"]], Directory.GetFileSystemEntries(_scratch.Path));
    }

    [Fact]
    public void A_file_that_was_not_completed_leaves_nothing()
    {
        File.WriteAllText(_scratch["there"], "old");
        using (NewFile file = NewFile.Create(_scratch["new"], replaces: false))
        using (NewFile other = NewFile.Create(_scratch["there"], replaces: true))
        {
            file.Content.Write("content"u8);
            other.Content.Write("content"u8);
        }

        Assert.Equal([_scratch["there"]], Directory.GetFileSystemEntries(_scratch.Path));
        Assert.Equal("old", File.ReadAllText(_scratch["there"]));
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_when_asked_to()
    {
        File.WriteAllText(_scratch["there"], "old");
        Assert.Throws<IOException>(() => NewFile.Create(_scratch["there"], replaces: false));
        using NewFile file = NewFile.Create(_scratch["there"], replaces: true);
        file.Content.Write("new"u8);
        Assert.Equal("old", File.ReadAllText(_scratch["there"]));
        file.Commit();
        Assert.Equal("new", File.ReadAllText(_scratch["there"]));
    }

    [Fact]
    public void A_name_that_was_taken_meanwhile_stays_whose_it_is()
    {
        using NewFile file = NewFile.Create(_scratch["new"], replaces: false);
        File.WriteAllText(_scratch["new"], "somebody else's");
        Assert.Contains("already", Assert.Throws<IOException>(file.Commit).Message, StringComparison.Ordinal);
        file.Dispose();
        Assert.Equal("somebody else's", File.ReadAllText(_scratch["new"]));
        Assert.Equal([_scratch["new"]], Directory.GetFileSystemEntries(_scratch.Path));
    }

    [Fact]
    public void What_is_no_file_is_never_replaced()
    {
        File.CreateSymbolicLink(_scratch["link"], "nowhere");
        ExternalTool.Require(_scratch.Path, "mkfifo", "pipe");
        _scratch.Make("folder");
        foreach (string name in (string[])["link", "pipe", "folder"])
        {
            Assert.Throws<IOException>(() => NewFile.Create(_scratch[name], replaces: true));
        }

        Assert.Throws<IOException>(() => NewFile.Create(_scratch["none/file"], replaces: false));
    }
}
