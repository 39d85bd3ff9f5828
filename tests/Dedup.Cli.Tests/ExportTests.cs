using System.Diagnostics;
using System.Text.Json;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class ExportTests(BackedUpRepository repository) : IClassFixture<BackedUpRepository>
{
    private readonly DedupProgram _dedup = repository.Program;

    [Theory]
    [InlineData("whole.tar", "tar -xf whole.tar")]
    [InlineData("whole.tar.zst", "tar --zstd -xf whole.tar.zst")]
    [InlineData("whole.zip", "unzip -q -^ whole.zip")]
    public void A_snapshot_is_exported_as_the_name_of_the_file_says(string name, string command)
    {
        string folder = _dedup.Files.Make("of-" + name);
        Assert.StartsWith("exported ", Assert.Single(_dedup.Run("export", "latest", $"{folder}/{name}").Succeeds().OutputLines));
        Assert.Equal([$"{folder}/{name}"], Directory.GetFileSystemEntries(folder));
        Assert.Empty(ExternalTool.Require(folder, "sh", "-ec", command));
        ExternalTool.Require("/", "diff", "-r", "--no-dereference", repository.Source, folder + repository.Source);
    }

    [Fact]
    public void A_part_is_exported_from_there_in_the_format_asked_for()
    {
        _dedup.Run("export", $"latest:{repository.Source}/sub", "part", "--format", "zip", "-q").Succeeds();
        Assert.Equal("42\n", ExternalTool.Require(_dedup.Files.Path, "unzip", "-p", "part", "number.txt"));
        _dedup.Run("export", "latest", "unknown").FailsInOneLine(2, "--format");
        _dedup.Run("export", "latest", "x.tar", "--format", "rar").FailsInOneLine(2, "rar");
        _dedup.Run("export", "latest:/none", "none.tar").FailsInOneLine(1, "/none");
        Assert.False(File.Exists(_dedup.Files["none.tar"]));
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_by_force()
    {
        string file = _dedup.Write("there.tar", "old");
        _dedup.Run("export", "latest", "there.tar").FailsInOneLine(1, "there.tar", "--force");
        Assert.Equal("old", File.ReadAllText(file));
        _dedup.Run("export", "latest", "there.tar", "--force").Succeeds();
        Assert.Contains("greeting.txt", ExternalTool.Require("/", "tar", "-tf", file), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_ends_with_a_summary()
    {
        JsonElement summary = _dedup.Run("export", "latest", "json.tar", "--json").Succeeds().LastJson;
        Assert.Equal("summary", summary.GetProperty("message_type").GetString());
        Assert.Equal(BackedUpRepository.Text.Length + 3, summary.GetProperty("bytes_exported").GetInt64());
        Assert.Equal(new FileInfo(_dedup.Files["json.tar"]).Length, summary.GetProperty("archive_size").GetInt64());
        Assert.Equal(repository.Second, summary.GetProperty("snapshot_id").GetString());
    }

    [Fact]
    public void Standard_output_gets_the_archive_and_nothing_else()
    {
        _dedup.RunBy(["sh", "-c", "exec \"$0\" \"$@\" > out.tar"], "export", "latest", "-", "--json").Succeeds();
        Assert.Contains("greeting.txt", ExternalTool.Require(_dedup.Files.Path, "tar", "-tf", "out.tar"), StringComparison.Ordinal);
    }

    [Fact]
    public void Dump_of_a_folder_is_an_archive_with_whole_paths()
    {
        _dedup.RunBy(["sh", "-c", "exec \"$0\" \"$@\" > dump.tar"], "dump", "latest", repository.Source + "/sub").Succeeds();
        Assert.Contains($"{repository.Source[1..]}/sub/number.txt", ExternalTool.Require(_dedup.Files.Path, "tar", "-tf", "dump.tar"), StringComparison.Ordinal);
        _dedup.Run("dump", "latest", "/", "-a", "zip", "-t", "dump.zip").Succeeds();
        Assert.Equal("42\n", ExternalTool.Require(_dedup.Files.Path, "unzip", "-p", "dump.zip", $"{repository.Source[1..]}/sub/number.txt"));
        _dedup.Run("dump", "latest", "/", "-a", "rar").FailsInOneLine(2, "--archive", "rar");
        _dedup.Run("dump", "latest", repository.Source + "/link").FailsInOneLine(1, "link", "file");
    }

    [Fact]
    public void Dump_writes_to_a_file_that_is_replaced_when_it_is_complete()
    {
        string file = _dedup.Write("target", "old");
        _dedup.Run("dump", "latest", repository.Source + "/none", "--target", "target").FailsInOneLine(1, "none");
        Assert.Equal("old", File.ReadAllText(file));
        _dedup.Run("dump", "latest", repository.Source + "/greeting.txt", "--target", "target").Succeeds();
        Assert.Equal(BackedUpRepository.Text, File.ReadAllText(file));
    }

    [Theory]
    [InlineData("TERM", 130)]
    [InlineData("KILL", 137)]
    public void An_interrupted_export_leaves_nothing_of_that_name(string signal, int exitCode)
    {
        using DedupProgram dedup = MakeLarge();
        string folder = dedup.Files.Make("target");
        using FileSystemWatcher watcher = new(folder);

        // So slow that the signal comes first.
        using Process export = dedup.StartBy(["env"], "export", "latest", $"{folder}/x.tar", "--limit-download", "64");
        WaitForChangedResult begun = watcher.WaitForChanged(WatcherChangeTypes.Created, TimeSpan.FromMinutes(2));
        Assert.False(begun.TimedOut);
        ExternalTool.Require("/", "kill", "-" + signal, $"{export.Id}");
        Assert.Equal(exitCode, DedupProgram.Finish(export).ExitCode);
        Assert.False(File.Exists($"{folder}/x.tar"));
        Assert.All(Directory.GetFileSystemEntries(folder), static left => Assert.EndsWith(".part", left));
        Assert.True(signal == "KILL" || Directory.GetFileSystemEntries(folder).Length == 0);
    }

    [MountFact]
    public void A_full_disk_ends_an_export_in_one_line_and_leaves_nothing()
    {
        using DedupProgram dedup = MakeLarge();
        string folder = dedup.Files.Make("disk");
        using MemoryDisk disk = new(folder, 2 << 20);
        dedup.Run("export", "latest", $"{folder}/x.tar").FailsInOneLine(1, "No space left");
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void A_file_longer_than_its_file_system_allows_ends_an_export_in_one_line()
    {
        using DedupProgram dedup = MakeLarge();
        string folder = dedup.Files.Make("target");

        // Ignored, the signal becomes an error of the write; the runtime itself must not map its code twice, which takes a large file.
        dedup.With("DOTNET_EnableWriteXorExecute", "0")
            .RunBy(["sh", "-c", "trap '' XFSZ; ulimit -f 4096; exec \"$0\" \"$@\""], "export", "latest", $"{folder}/x.tar")
            .FailsInOneLine(1, "x.tar", "longer than its file system allows");
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    private static DedupProgram MakeLarge()
    {
        DedupProgram dedup = new();
        byte[] content = new byte[8 << 20];
        new Random(1).NextBytes(content);
        dedup.Write("source/a", "");
        File.WriteAllBytes(dedup.Files["source/large"], content);
        dedup.MakeRepository();
        dedup.Run("backup", "source").Succeeds();
        return dedup;
    }
}
