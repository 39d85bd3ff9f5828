using Dedup.Exporting;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Exporting;

/// <summary>What other programs make of a zip is what was backed up, as far as a zip can hold it.</summary>
public sealed class ZipTests : IAsyncLifetime
{
    private ExportScene _scene = null!;

    public async Task InitializeAsync() => _scene = await ExportScene.MakeAsync();

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [RootFact]
    public async Task Unzip_extracts_names_contents_modes_owners_times_and_links()
    {
        string original = _scene.Scratch.Make("original");
        ReferenceTree.Make(original, files: 20);
        (string file, ExportResult result) = await _scene.ExportAsync(
            await _scene.BackUpAsync(original), new ExportOptions { Format = ArchiveFormat.Zip, Path = original });
        foreach (string word in (string[])["socket", "device or pipe", "hard links", "extended attributes", "UTF-8"])
        {
            Assert.Single(result.Remarks, remark => remark.Reason.Contains(word, StringComparison.Ordinal));
        }

        Assert.Contains("No errors detected", ExternalTool.Require("/", "unzip", "-tq", file), StringComparison.Ordinal);

        // Control characters in names, owners, and bits such as set-user-id are not taken over unless asked for.
        string target = _scene.Extract("env", "LC_ALL=C.UTF-8", "unzip", "-q", "-^", "-X", "-K", file);
        Assert.Equal(List(original), List(target));
        ExternalTool.Require("/", "diff", "-r", "--no-dereference", "-x", "pipe", "-x", "same-pipe", "-x", "socket", "-x", "null", "-x", "large-numbers", original, target);
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_on_Windows_is_told()
    {
        string original = _scene.Scratch.Make("original");
        File.WriteAllText(Path.Combine(original, @"..\..\x"), "x");
        SnapshotId snapshot = await _scene.BackUpAsync(original);
        (_, ExportResult zip) = await _scene.ExportAsync(snapshot, new ExportOptions { Format = ArchiveFormat.Zip, Path = original });
        Assert.Contains("backslash", Assert.Single(zip.Remarks).Reason, StringComparison.Ordinal);
        (_, ExportResult tar) = await _scene.ExportAsync(snapshot, new ExportOptions { Path = original });
        Assert.Empty(tar.Remarks);
    }

    [RootFact]
    public async Task Libarchive_extracts_it_too()
    {
        string original = _scene.Scratch.Make("original");
        ReferenceTree.Make(original, files: 20);
        (string file, _) = await _scene.ExportAsync(
            await _scene.BackUpAsync(original), new ExportOptions { Format = ArchiveFormat.Zip, Path = original });
        string target = _scene.Extract("env", "LC_ALL=C.UTF-8", "bsdtar", "-xf", file);
        ExternalTool.Require("/", "diff", "-r", "--no-dereference", "-x", "pipe", "-x", "same-pipe", "-x", "socket", "-x", "null", "-x", "large-numbers", original, target);
    }

    [Fact]
    public async Task The_platforms_own_reader_reads_it()
    {
        string original = _scene.Scratch.Make("original");
        byte[] content = new byte[(5 << 20) + 3];
        new Random(1).NextBytes(content.AsSpan(0, 3 << 20));
        File.WriteAllBytes(original + "/caf\u00e9", content);
        File.WriteAllText(original + "/empty", "");
        (string file, _) = await _scene.ExportAsync(
            await _scene.BackUpAsync(original), new ExportOptions { Format = ArchiveFormat.Zip, Path = original });
        await using System.IO.Compression.ZipArchive archive = await System.IO.Compression.ZipFile.OpenReadAsync(file);
        Assert.Equal(["caf\u00e9", "empty"], archive.Entries.Select(static entry => entry.FullName));
        using MemoryStream read = new();
        await using (Stream stream = await archive.Entries[0].OpenAsync())
        {
            await stream.CopyToAsync(read);
        }

        Assert.Equal(content, read.ToArray());
    }

    // What programs agree on: times to the second, from 1970 to 2038; those of directories and links are the system's own.
    private static string[] List(string folder) =>
    [
        .. ExternalTool.Require(folder, "find", ".", "-mindepth", "1", "(", "-type", "f", "-o", "-type", "d", "-o", "-type", "l", ")", "-printf", @"%P %y %m %U %G %l %T@\0")
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line =>
            {
                int space = line.LastIndexOf(' ');
                bool hasTime = line.Split(' ')[^6] == "f" && !line.StartsWith("metadata/time", StringComparison.Ordinal);
                return line[..space] + (hasTime ? line[space..line.LastIndexOf('.')] : "");
            })
            .Order(StringComparer.Ordinal),
    ];
}
