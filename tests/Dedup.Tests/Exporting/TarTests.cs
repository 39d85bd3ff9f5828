using Dedup.Exporting;
using Dedup.Native;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Exporting;

/// <summary>What other programs make of a tar is what was backed up, as find and rsync judge.</summary>
public sealed class TarTests : IAsyncLifetime
{
    private ExportScene _scene = null!;

    public async Task InitializeAsync() => _scene = await ExportScene.MakeAsync();

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [RootFact]
    public async Task Gnu_tar_extracts_every_kind_of_entry_as_it_was()
    {
        string original = MakeReference();
        (string file, ExportResult result) = await _scene.ExportAsync(await _scene.BackUpAsync(original), new ExportOptions());
        Assert.Empty(result.Remarks);
        Assert.Empty(TreeComparer.Differences(original, _scene.ExtractByTar(file) + original));
    }

    [RootFact]
    public async Task Gnu_tar_extracts_a_compressed_one_and_zstd_finds_its_checksums_right()
    {
        string original = MakeReference();
        File.WriteAllBytes(original + "/larger-than-a-frame", new byte[(9 << 20) + 1]);

        // What would end a keyword of the header.
        ExternalTool.Require(original, "setfattr", "-n", "user.a=b%c", "-v", "x=y", "larger-than-a-frame");
        (string file, _) = await _scene.ExportAsync(await _scene.BackUpAsync(original), new ExportOptions { Format = ArchiveFormat.TarZstd });
        Assert.Contains("XXH64", ExternalTool.Require("/", "zstd", "-lv", file), StringComparison.Ordinal);
        Assert.Empty(ExternalTool.Require("/", "zstd", "-tq", file));
        Assert.Empty(TreeComparer.Differences(original, _scene.ExtractByTar(file, "--zstd") + original));
    }

    [RootFact]
    public async Task Libarchive_extracts_every_kind_of_entry_as_it_was()
    {
        string original = MakeReference();
        (string file, _) = await _scene.ExportAsync(await _scene.BackUpAsync(original), new ExportOptions());
        string target = _scene.Extract("env", "LC_ALL=C.UTF-8", "bsdtar", "--numeric-owner", "-xpf", file);

        // It takes the fraction of a negative time for a positive one.
        string[] beforeEpoch = ["'metadata/time-1'", " metadata/time-1", "metadata/time-5000000250", "time of 'metadata'", " metadata/"];
        Assert.DoesNotContain(TreeComparer.Differences(original, target + original), line => !Array.Exists(beforeEpoch, name =>
            line.EndsWith(name, StringComparison.Ordinal) || (line.StartsWith("time of ", StringComparison.Ordinal) && line.Contains(name, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_part_of_a_snapshot_is_named_from_there_or_from_the_root()
    {
        string original = _scene.Scratch.Make("original/sub");
        File.WriteAllText(original + "/file", "text");
        SnapshotId snapshot = await _scene.BackUpAsync(_scene.Scratch["original"]);
        Assert.Equal(["file"], await ListAsync(snapshot, original, keepsPaths: false));
        Assert.Equal(["file"], await ListAsync(snapshot, original + "/file", keepsPaths: false));
        Assert.Equal([$"{original[1..]}/", $"{original[1..]}/file"], await ListAsync(snapshot, original, keepsPaths: true));
        Assert.Contains($"{original[1..]}/file", await ListAsync(snapshot, null, keepsPaths: false));
        await Assert.ThrowsAsync<PathNotFoundException>(() => ListAsync(snapshot, original + "/none", keepsPaths: false));
    }

    [Fact]
    public async Task A_link_whose_first_name_lies_outside_of_the_part_is_a_file()
    {
        string original = _scene.Scratch.Make("original");
        _scene.Scratch.Make("original/b");
        File.WriteAllText(original + "/a", "text");
        ExternalTool.Require(original, "ln", "a", "b/second");
        ExternalTool.Require(original, "ln", "a", "b/third");
        (string file, ExportResult result) = await _scene.ExportAsync(await _scene.BackUpAsync(original), new ExportOptions { Path = original + "/b" });
        string target = _scene.ExtractByTar(file);
        Assert.Equal((2, 4), (result.Entries, result.Bytes));
        Assert.Equal("text", File.ReadAllText(target + "/second"));
        Assert.Equal("2", ExternalTool.Require(target, "stat", "-c", "%h", "third").Trim());
    }

    [Fact]
    public async Task Sockets_are_left_out_and_told_in_one_line()
    {
        string original = _scene.Scratch.Make("original");
        using (TreeMaker maker = TreeMaker.Open(original))
        {
            maker.Node("first"u8, PosixStatus.TypeSocket);
            maker.Node("second"u8, PosixStatus.TypeSocket);
        }

        (string file, ExportResult result) = await _scene.ExportAsync(await _scene.BackUpAsync(original), new ExportOptions { Path = original });
        ExportRemark remark = Assert.Single(result.Remarks);
        Assert.Equal(original + "/first", remark.Path);
        Assert.Contains("1 more", remark.Reason, StringComparison.Ordinal);
        Assert.Empty(ExternalTool.Require("/", "tar", "-tf", file));
    }

    [Fact]
    public async Task A_path_longer_than_the_system_takes_is_in_the_archive()
    {
        string original = _scene.Scratch.Make("original");
        ReferenceTree.Make(original, files: 1, depth: 240);
        File.Delete(original + "/socket");
        (string file, _) = await _scene.ExportAsync(await _scene.BackUpAsync(original), new ExportOptions { Path = original });
        (int exitCode, string output, string errors) = ExternalTool.Run("/", "tar", "-tf", file);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains(output.Split('\n'), line => line.Length > 5000 && line.EndsWith("/bottom", StringComparison.Ordinal));
        Assert.Empty(ExternalTool.Run("/", "env", "LC_ALL=C.UTF-8", "bsdtar", "-tf", file).Errors);
    }

    private async Task<string[]> ListAsync(SnapshotId snapshot, string? path, bool keepsPaths)
    {
        (string file, _) = await _scene.ExportAsync(snapshot, new ExportOptions { Path = path, KeepsWholePaths = keepsPaths });
        return ExternalTool.Require("/", "tar", "-tf", file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private string MakeReference()
    {
        string original = _scene.Scratch.Make("original");
        ReferenceTree.Make(original, files: 20);
        File.Delete(original + "/socket");
        return original;
    }
}
