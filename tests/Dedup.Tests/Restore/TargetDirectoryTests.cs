using Dedup.Restore;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Restore;

public sealed class TargetDirectoryTests : IDisposable
{
    private static readonly EntryName Name = EntryName.FromText("entry");

    private readonly ScratchDirectory _scratch = new();
    private readonly string _outside;
    private readonly string _secret;
    private readonly TargetDirectory _target;

    public TargetDirectoryTests()
    {
        _outside = _scratch.Make("outside");
        _secret = _scratch["outside/secret"];
        File.WriteAllText(_secret, "untouched");
        _target = TargetDirectory.Open(_scratch["target"], create: true);
    }

    public void Dispose()
    {
        _target.Dispose();
        // Whatever a test did in the target, nothing outside may have changed.
        Assert.Equal("untouched", File.ReadAllText(_secret));
        Assert.Equal([_secret], Directory.GetFileSystemEntries(_outside));
        _scratch.Dispose();
    }

    [Fact]
    public void What_is_not_there_is_told_with_its_path()
    {
        foreach (Action use in (Action[])
        [
            () => _target.Remove(Name), () => _target.RemoveDirectory(Name), () => _target.OpenFile(Name), () => _target.OpenDirectory(Name), () => _target.OpenToEmpty(Name),
            () => _target.ApplyMetadata(Name, new NodeMetadata { Type = NodeType.File }, []),
        ])
        {
            RestoreException told = Assert.Throws<RestoreException>(use);
            Assert.Equal(_scratch["target/entry"], told.Path);
        }

        Assert.Equal(_scratch["target/other"], Assert.Throws<RestoreException>(() => _target.Rename(Name, EntryName.FromText("other"))).Path);
    }

    [Fact]
    public void An_empty_directory_gives_way_to_what_takes_its_name_and_one_that_holds_something_does_not()
    {
        File.WriteAllText(_scratch["target/new"], "new");
        Directory.CreateDirectory(_scratch["target/entry/kept"]);
        Assert.Throws<RestoreException>(() => _target.Rename(EntryName.FromText("new"), Name));
        Assert.Throws<RestoreException>(() => _target.RemoveDirectory(Name));
        Assert.Throws<RestoreException>(() => _target.Remove(Name));
        Assert.True(Directory.Exists(_scratch["target/entry/kept"]));
        Directory.Delete(_scratch["target/entry/kept"]);
        _target.Rename(EntryName.FromText("new"), Name);
        Assert.Equal("new", File.ReadAllText(_scratch["target/entry"]));
    }

    [Theory]
    [InlineData(NodeType.File)]
    [InlineData(NodeType.Directory)]
    [InlineData(NodeType.SymbolicLink)]
    public void What_has_content_is_not_made_as_a_special_entry(NodeType type)
    {
        Assert.Throws<ArgumentException>(() => _target.CreateSpecial(Name, new NodeMetadata { Type = type }));
        Assert.False(Path.Exists(_scratch["target/entry"]));
    }

    [Fact]
    public void Names_are_listed_as_often_as_they_are_asked_for()
    {
        File.WriteAllText(_scratch["target/entry"], "");
        Assert.Equal([Name], _target.ReadNames());
        Assert.Equal([Name], _target.ReadNames());
    }

    [Fault(49)]
    [Fact]
    public void A_planted_link_is_replaced_by_the_directory_that_belongs_there()
    {
        Plant(_outside);
        using (TargetDirectory directory = _target.OpenOrCreateDirectory(Name))
        using (TargetFile file = directory.CreateFile(EntryName.FromText("secret")))
        {
            file.Write(0, "overwritten"u8);
        }

        Assert.Null(new DirectoryInfo(_scratch["target/entry"]).LinkTarget);
        Assert.Equal("overwritten", File.ReadAllText(_scratch["target/entry/secret"]));
    }

    [Fault(49)]
    [Fact]
    public void A_planted_link_is_replaced_by_the_file_that_belongs_there()
    {
        Plant(_secret);
        using (TargetFile file = _target.CreateFile(Name))
        {
            file.Write(0, "overwritten"u8);
        }

        Assert.Null(new FileInfo(_scratch["target/entry"]).LinkTarget);
        Assert.Equal("overwritten", File.ReadAllText(_scratch["target/entry"]));
    }

    [Fault(50)]
    [Fact]
    public void A_planted_hard_link_is_replaced_and_one_opened_anew_is_told()
    {
        ExternalTool.Require(_scratch.Path, "ln", _secret, "target/entry");
        using (TargetFile existing = _target.OpenFile(Name))
        {
            Assert.True(existing.IsLinked);
        }

        using TargetFile file = _target.CreateFile(Name);
        file.Write(0, "overwritten"u8);
        Assert.False(file.IsLinked);
    }

    [Fact]
    public void A_planted_link_is_not_opened_as_a_file_or_a_directory()
    {
        Plant(_secret);
        Assert.Throws<RestoreException>(() => _target.OpenFile(Name));
        File.Delete(_scratch["target/entry"]);
        Plant(_outside);
        Assert.Throws<RestoreException>(() => _target.OpenDirectory(Name));
    }

    [Fact]
    public void Metadata_is_not_given_to_what_took_an_entrys_place()
    {
        _target.CreateSpecial(Name, new NodeMetadata { Type = NodeType.Fifo });
        File.Delete(_scratch["target/entry"]);
        ExternalTool.Require(_scratch.Path, "ln", _secret, "target/entry");
        string before = ExternalTool.Require("/", "stat", "--printf=%a %Y", _secret);
        RestoreException e = Assert.Throws<RestoreException>(
            () => _target.ApplyMetadata(Name, new NodeMetadata { Type = NodeType.Fifo, Mode = 0b111_111_111 }, []));
        Assert.Equal("something else took the place of what was restored", e.Reason);
        Assert.Equal(before, ExternalTool.Require("/", "stat", "--printf=%a %Y", _secret));
    }

    [Fact]
    public void A_hard_link_to_a_planted_link_links_the_link_itself()
    {
        Plant(_secret);
        _target.CreateHardLink(EntryName.FromText("second"), _target, Name);
        Assert.Equal(_secret, new FileInfo(_scratch["target/second"]).LinkTarget);
    }

    [Fact]
    public void A_pipe_in_the_way_never_blocks()
    {
        ExternalTool.Require(_scratch["target"], "mkfifo", "entry");
        Assert.Equal("something else took the place of what was restored", Assert.Throws<RestoreException>(() => _target.OpenFile(Name)).Reason);
        _target.CreateFile(Name).Dispose();
        Assert.Equal(0, new FileInfo(_scratch["target/entry"]).Length);
    }

    [Fact]
    public void A_directory_in_the_way_of_anything_else_is_kept()
    {
        File.WriteAllText(Path.Combine(_scratch.Make("target/entry"), "kept"), "");
        File.WriteAllText(_scratch["target/other"], "");
        Action[] attempts =
        [
            () => _target.CreateFile(Name),
            () => _target.CreateSymbolicLink(Name, "x"u8),
            () => _target.CreateSpecial(Name, new NodeMetadata { Type = NodeType.Fifo }),
            () => _target.CreateHardLink(Name, _target, EntryName.FromText("other")),
        ];
        Assert.All(attempts, attempt => Assert.EndsWith("a directory is in its place; move it away", Assert.Throws<RestoreException>(attempt).Reason, StringComparison.Ordinal));
        Assert.True(File.Exists(_scratch["target/entry/kept"]));
    }

    [Fact]
    public void A_directory_that_is_there_is_kept_with_what_it_holds()
    {
        File.WriteAllText(Path.Combine(_scratch.Make("target/entry"), "kept"), "");
        using TargetDirectory directory = _target.OpenOrCreateDirectory(Name);
        Assert.True(File.Exists(_scratch["target/entry/kept"]));
    }

    [Fact]
    public void Nobody_else_can_look_into_what_has_no_metadata_yet()
    {
        _target.OpenOrCreateDirectory(EntryName.FromText("d")).Dispose();
        _target.CreateFile(EntryName.FromText("f")).Dispose();
        // The sticky bit marks a file that is not done.
        Assert.Equal("700 1600", ExternalTool.Require(_scratch["target"], "stat", "--printf=%a ", "d", "f").Trim());
    }

    [Fact]
    public void The_chosen_directory_may_be_reached_through_links()
    {
        File.CreateSymbolicLink(_scratch["link"], _scratch["target"]);
        using (TargetDirectory directory = TargetDirectory.Open(_scratch["link/"], create: true))
        {
            directory.CreateFile(Name).Dispose();
        }

        Assert.True(File.Exists(_scratch["target/entry"]));
    }

    [Fact]
    public void A_chosen_directory_that_is_not_there_or_cannot_be_is_named()
    {
        Assert.Equal(_scratch["none"], Assert.Throws<RestoreException>(() => TargetDirectory.Open(_scratch["none"], create: false)).Path);
        Assert.Equal(_secret, Assert.Throws<RestoreException>(() => TargetDirectory.Open(_secret, create: true)).Path);
    }

    [Fact]
    public void A_target_that_ends_early_is_refused() =>
        Assert.Throws<RestoreException>(() => _target.CreateSymbolicLink(Name, "safe\0unsafe"u8));

    [Fact]
    public void Writing_what_the_file_system_cannot_hold_fails_with_the_path()
    {
        using TargetFile file = _target.CreateFile(Name);
        RestoreException e = Assert.Throws<RestoreException>(() => file.Write(long.MaxValue - 10, "x"u8));
        Assert.Equal((_scratch["target/entry"], "cannot be written: file too large"), (e.Path, e.Reason));
        Assert.StartsWith("cannot be", Assert.Throws<RestoreException>(() => file.SetLength(long.MaxValue)).Reason, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_full_disk_fails_with_the_path()
    {
        string disk = _scratch.Make("disk");
        (int exitCode, _, string errors) = ExternalTool.Run("/", "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk);
        Assert.True(exitCode == 0, errors);
        try
        {
            using TargetDirectory full = TargetDirectory.Open(disk, create: false);
            using TargetFile file = full.CreateFile(Name);
            RestoreException e = Assert.Throws<RestoreException>(() => file.Write(0, new byte[1 << 20]));
            Assert.Equal((Path.Combine(disk, "entry"), "cannot be written: no space left on device"), (e.Path, e.Reason));
        }
        finally
        {
            ExternalTool.Require("/", "umount", disk);
        }
    }

    [Fact]
    public void What_was_written_is_read_back_and_the_rest_is_a_hole()
    {
        using TargetFile file = _target.CreateFile(Name);
        file.SetLength(1 << 20);
        file.Write(500_000, "content"u8);
        byte[] content = new byte[9];
        Assert.Equal(9, file.Read(499_999, content));
        Assert.Equal("\0content\0"u8.ToArray(), content);
        Assert.Equal((1L << 20, 0), (file.Length, file.Read(1 << 20, content)));
        _target.Sync();
        file.Close();
        file.Close();
    }

    private void Plant(string target) => File.CreateSymbolicLink(_scratch["target/entry"], target);
}
