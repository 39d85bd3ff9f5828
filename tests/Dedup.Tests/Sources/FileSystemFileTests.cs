using System.Diagnostics;
using System.Text;
using Dedup.Native;
using Dedup.Sources;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Sources;

public sealed class FileSystemFileTests : IDisposable
{
    private static readonly EntryName Name = EntryName.FromText("f");

    private readonly ScratchDirectory _scratch = new();
    private readonly TreeMaker _maker;
    private readonly ISourceDirectory _directory;

    public FileSystemFileTests()
    {
        _maker = TreeMaker.Open(_scratch.Path);
        _directory = new FileSystemSource([_scratch.Path]).Open(_scratch.Path);
    }

    public void Dispose()
    {
        _maker.Dispose();
        _directory.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void Reading_gives_all_that_is_asked_for_except_at_the_end()
    {
        byte[] content = new byte[100_000];
        new Random(1).NextBytes(content);
        _maker.File("f"u8, content);
        using ISourceFile file = _directory.OpenFile(Name);
        byte[] buffer = new byte[60_000];
        Assert.Equal(60_000, file.Read(0, buffer));
        Assert.Equal(content[..60_000], buffer);
        Assert.Equal(40_000, file.Read(60_000, buffer));
        Assert.Equal(content[60_000..], buffer[..40_000]);
        Assert.Equal(0, file.Read(100_000, buffer));
        Assert.Equal(0, file.Read(long.MaxValue - buffer.Length, buffer));
    }

    [Fact]
    public void Holes_at_the_beginning_between_and_at_the_end_are_told_from_data()
    {
        const long Megabyte = 1 << 20;
        byte[] piece = Enumerable.Repeat((byte)7, 1 << 16).ToArray();
        _maker.SparseFile("f"u8, 9 * Megabyte, (2 * Megabyte, piece), (5 * Megabyte, piece));
        using ISourceFile file = _directory.OpenFile(Name);
        Assert.Equal(
            [(2 * Megabyte, (2 * Megabyte) + piece.Length), (5 * Megabyte, (5 * Megabyte) + piece.Length)], Pieces(file));
        Assert.True(file.TryFindData((2 * Megabyte) + 5, out long start, out long end));
        Assert.Equal(((2 * Megabyte) + 5, (2 * Megabyte) + piece.Length), (start, end));
        Assert.False(file.TryFindData(20 * Megabyte, out _, out _));
    }

    [Fact]
    public void A_file_that_is_nothing_but_a_hole_has_no_data()
    {
        _maker.SparseFile("f"u8, 1 << 20);
        using ISourceFile file = _directory.OpenFile(Name);
        Assert.Empty(Pieces(file));
        Assert.Equal(1 << 20, file.Stat().Size);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void A_file_without_holes_is_one_piece(int length)
    {
        _maker.File("f"u8, new byte[length]);
        using ISourceFile file = _directory.OpenFile(Name);
        Assert.Equal(length == 0 ? [] : [(0L, (long)length)], Pieces(file));
    }

    [Fact]
    public void What_is_appended_while_the_file_is_open_is_found()
    {
        _maker.File("f"u8, "start"u8);
        using ISourceFile file = _directory.OpenFile(Name);
        File.AppendAllText(_scratch["f"], " and more");
        Assert.Equal([(0L, 14L)], Pieces(file));
        Assert.Equal(14, file.Stat().Size);
    }

    [Fact]
    public void A_file_that_claims_to_be_empty_is_read_all_the_same()
    {
        using ISourceDirectory self = new FileSystemSource(["/proc/version"]).Open("/proc");
        using ISourceFile file = self.OpenFile(EntryName.FromText("version"));
        Assert.Equal(0, file.Stat().Size);
        byte[] content = new byte[10_000];
        int length = file.Read(0, content);
        Assert.Equal(File.ReadAllText("/proc/version"), Encoding.UTF8.GetString(content, 0, length));
        Assert.Equal([(0L, (long)length)], Pieces(file));
    }

    [Fact]
    public void Reading_leaves_the_access_time_alone()
    {
        _maker.File("f"u8, "content"u8);
        _maker.SetTime("f"u8, 1_000_000_000_000_000_000);
        using (ISourceFile file = _directory.OpenFile(Name))
        {
            Assert.Equal(7, file.Read(0, new byte[7]));
        }

        Assert.Equal("1000000000", ExternalTool.Require(_scratch.Path, "stat", "--printf=%X", "f"));
    }

    [Fact]
    public void A_pipe_in_a_files_place_is_refused_without_waiting() => AssertRefused(() => _maker.Node("f"u8, PosixStatus.TypeFifo));

    [Fact]
    public void A_socket_in_a_files_place_is_refused() => AssertRefused(() => _maker.Node("f"u8, PosixStatus.TypeSocket));

    [RootFact]
    public void A_device_in_a_files_place_is_refused() => AssertRefused(() => _maker.Node("f"u8, PosixStatus.TypeCharacterDevice, 1, 3));

    [Fact]
    public void A_directory_in_a_files_place_is_refused() => AssertRefused(() => _maker.Directory("f"u8).Dispose());

    [Fact]
    public void A_link_in_a_files_place_is_refused() => AssertRefused(() => _maker.SymbolicLink("f"u8, "/etc/passwd"u8));

    [Fact]
    public void A_link_in_a_directorys_place_is_refused()
    {
        _maker.SymbolicLink("f"u8, "/etc"u8);
        SourceException e = Assert.Throws<SourceException>(() => _directory.OpenDirectory(Name));
        Assert.Equal("is no directory any more: something else took its place", e.Reason);
    }

    [Fact]
    public void A_file_in_a_links_place_is_refused()
    {
        _maker.File("f"u8, "x"u8);
        Assert.Throws<SourceException>(() => _directory.ReadLink(Name));
    }

    [Fact]
    public void What_vanished_is_told_from_what_cannot_be_read()
    {
        Assert.All(
            new Action[] { () => _directory.Stat(Name), () => _directory.OpenFile(Name), () => _directory.OpenDirectory(Name), () => _directory.ReadLink(Name), () => _directory.ReadXattrs(Name) },
            action => Assert.Equal((true, _scratch["f"]), Seen(Assert.Throws<SourceException>(action))));
    }

    [Fact]
    public void A_directory_that_vanishes_while_it_is_walked_is_told()
    {
        _maker.Directory("f"u8).Dispose();
        using ISourceDirectory directory = _directory.OpenDirectory(Name);
        Directory.Delete(_scratch["f"]);
        Assert.Equal((true, _scratch["f"]), Seen(Assert.Throws<SourceException>(directory.ReadNames)));
        Assert.True(Assert.Throws<SourceException>(() => directory.Stat(Name)).HasVanished);
    }

    [Fact]
    public void A_file_on_which_a_file_server_holds_a_lease_is_read_once_it_gives_it_back()
    {
        _maker.File("f"u8, "content"u8);
        // fcntl: 1024 is F_SETLEASE, 1 is F_WRLCK, 2 is F_UNLCK. The kernel sends SIGIO when somebody else wants the file.
        const string Holder = "open F, '+<', 'f' or die; $SIG{IO} = sub { fcntl F, 1024, 2; exit }; fcntl F, 1024, 1 or die $!; $| = 1; print qq(held\n); <STDIN>";
        ProcessStartInfo start = new("perl", ["-e", Holder]) { WorkingDirectory = _scratch.Path, RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process holder = Process.Start(start)!;
        Assert.Equal("held", holder.StandardOutput.ReadLine());
        using ISourceFile file = _directory.OpenFile(Name);
        Assert.Equal(7, file.Read(0, new byte[100]));
        holder.WaitForExit();
    }

    [RootFact]
    public void An_ordinary_user_reads_others_files_where_he_may_and_is_told_where_not()
    {
        _maker.File("f"u8, "content"u8);
        _maker.File("g"u8, "content"u8);
        _maker.File("closed"u8, "x"u8);
        _maker.SetMode("closed"u8, 0);
        OrdinaryUser.Run(() =>
        {
            foreach (EntryName name in (EntryName[])[Name, EntryName.FromText("g")])
            {
                using ISourceFile file = _directory.OpenFile(name);
                Assert.Equal(7, file.Read(0, new byte[100]));
            }

            SourceException e = Assert.Throws<SourceException>(() => _directory.OpenFile(EntryName.FromText("closed")));
            Assert.Equal((false, "cannot be opened: permission denied"), (e.HasVanished, e.Reason));
        });
    }

    [Fact]
    public void Messages_show_paths_without_what_could_confuse_a_terminal()
    {
        using TreeMaker odd = _maker.Directory([0xff, 0x1b]);
        using ISourceDirectory directory = _directory.OpenDirectory(EntryName.FromBytes([0xff, 0x1b]));
        SourceException e = Assert.Throws<SourceException>(() => directory.Stat(EntryName.FromText("a\nb")));
        Assert.Equal($"{_scratch.Path}/\\xff\\x1b/a\\x0ab: vanished while it was backed up", e.Message);
    }

    private static (bool HasVanished, string Path) Seen(SourceException e) => (e.HasVanished, e.Path);

    private static List<(long Start, long End)> Pieces(ISourceFile file)
    {
        List<(long, long)> pieces = [];
        for (long offset = 0; file.TryFindData(offset, out long start, out long end); offset = end)
        {
            pieces.Add((start, end));
        }

        return pieces;
    }

    private void AssertRefused(Action replace)
    {
        replace();
        SourceException e = Assert.Throws<SourceException>(() => _directory.OpenFile(Name));
        Assert.Equal((false, "is no regular file any more: something else took its place"), (e.HasVanished, e.Reason));
    }
}
