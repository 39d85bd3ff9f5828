using System.Runtime.Versioning;
using System.Text;
using Dedup.Backup;
using Dedup.Restore;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Sources;

[SupportedOSPlatform("linux")]
public sealed class OverlaidSourceTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly MemoryStore _store = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Added_files_lie_among_the_others_and_take_the_place_of_one_with_its_mode()
    {
        string folder = _scratch.Make("app/data");
        File.WriteAllText(Path.Combine(folder, "kept"), "kept");
        File.WriteAllText(Path.Combine(folder, "live"), "torn");
        File.SetUnixFileMode(Path.Combine(folder, "live"), (UnixFileMode)0b110_100_100);
        OverlaidSource source = new(
            [folder], new FileSystemSource([folder]),
            [Text($"{folder}/live", "whole"), Text($"{folder}/above", "new"), Text($"{_scratch.Path}/other/deep/file", "deep")], TimeProvider.System, CancellationToken.None);
        (Dictionary<string, NodeMetadata> nodes, string target) = await BackUpAndRestoreAsync(source);
        Assert.Equal("kept", File.ReadAllText($"{target}{folder}/kept"));
        Assert.Equal("whole", File.ReadAllText($"{target}{folder}/live"));
        Assert.Equal("new", File.ReadAllText($"{target}{folder}/above"));
        Assert.Equal("deep", File.ReadAllText($"{target}{_scratch.Path}/other/deep/file"));
        Assert.Equal((0b110_100_100u, 5L), (nodes[$"{folder}/live"].Mode, nodes[$"{folder}/live"].Size));
        Assert.Equal(0b110_000_000u, nodes[$"{folder}/above"].Mode);
    }

    [Fact]
    public void Two_files_of_one_path_are_refused() => Assert.Throws<ArgumentException>(
        () => new OverlaidSource([Text("/a/b", ""), Text("a//b", "")], TimeProvider.System, CancellationToken.None));

    [Fact]
    public async Task A_command_that_fails_late_leaves_no_snapshot_and_its_own_words()
    {
        CommandLine command = new("/bin/sh", ["-c", "head -c 3000000 /dev/zero; echo \"no more $WORD\" >&2; exit 7"])
        {
            Environment = new Dictionary<string, string?> { ["WORD"] = "left" },
            ExplainsFailure = true,
        };
        OverlaidSource source = new([new AddedFile("out", () => new CommandStream(command, CancellationToken.None))], TimeProvider.System, CancellationToken.None);
        TestRepository repository = await TestRepository.MakeAsync(_store, _scratch.Path);
        SourceFailedException failure = await Assert.ThrowsAsync<SourceFailedException>(() => repository.BackUpAsync(_store, source));
        Assert.Contains("exit code 7", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("it said: no more left", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await repository.SnapshotsAsync(_store));
    }

    private static AddedFile Text(string path, string content) => new(path, () => new MemoryStream(Encoding.UTF8.GetBytes(content)));

    private async Task<(Dictionary<string, NodeMetadata> Nodes, string Target)> BackUpAndRestoreAsync(IBackupSource source)
    {
        TestRepository repository = await TestRepository.MakeAsync(_store, _scratch["repository"]);
        BackupResult result = await repository.BackUpAsync(_store, source);
        Assert.Empty(result.Problems);
        await using Repository open = await repository.OpenAsync(_store);
        string target = repository.NewFolder();
        Assert.Empty((await open.RestoreAsync(result.Snapshot.Id, target, new RestoreOptions(), null, CancellationToken.None)).Problems);
        return (await open.ListEntriesAsync(result.Snapshot.Id, null, true, CancellationToken.None).ToDictionaryAsync(entry => entry.Path, entry => entry.Node.Metadata), target);
    }
}
