using Dedup.Backup;
using Dedup.Filtering;
using Dedup.Restore;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Dedup.Verifying;
using Xunit;

namespace Dedup.Tests.Verifying;

public sealed class VerifyFolderTests : IAsyncLifetime
{
    private readonly ScratchDirectory _scratch = new();
    private readonly MemoryStore _store = new();
    private Repository _repository = null!;
    private BackupResult _backup = null!;
    private string _folder = "";

    public async Task InitializeAsync()
    {
        string source = _scratch.Make("source/sub");
        byte[] content = new byte[300_000];
        new Random(3).NextBytes(content);
        File.WriteAllBytes(_scratch["source/large"], content);
        File.WriteAllText(_scratch["source/sub/small"], "small");
        File.WriteAllText(_scratch["source/empty"], "");
        File.CreateSymbolicLink(_scratch["source/link"], "large");
        ExternalTool.Require(source, "ln", "small", "second");
        ExternalTool.Require(source, "truncate", "-s", "5M", "hole");
        ExternalTool.Require(source, "mkfifo", "pipe");
        TestRepository repository = await TestRepository.MakeAsync(_store, _scratch.Make("repository"));
        _repository = await repository.OpenAsync(_store);
        _backup = await _repository.BackupAsync(new FileSystemSource([_scratch["source"]]), new BackupOptions(), null, CancellationToken.None);
        _folder = await RestoreAsync("restored", null);
    }

    public async Task DisposeAsync()
    {
        await _repository.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task What_was_restored_is_as_in_the_snapshot()
    {
        FolderVerification verification = await VerifyAsync();
        Assert.Empty(verification.Findings);
        Assert.True(verification.IsAsInSnapshot);
        Assert.Equal(_backup.Snapshot.Statistics.TotalFiles, verification.Files);
        Assert.Equal(_backup.Snapshot.Statistics.TotalBytes, verification.Bytes);
    }

    [Theory]
    [InlineData("printf x | dd of=large bs=1 seek=150000 conv=notrunc status=none", "large", "its content is not what the snapshot holds")]
    [InlineData("printf x >> large", "large", "has 300001 bytes where 300000 are due")]
    [InlineData("truncate -s 299999 large", "large", "bytes where at least")]
    [InlineData("printf x | dd of=sub/hole bs=1 seek=3000000 conv=notrunc status=none", "sub/hole", "its content is not")]
    [InlineData("printf x >> empty", "empty", "has 1 bytes where 0 are due")]
    [InlineData("rm sub/small", "sub/small", "is in the snapshot and missing in the folder")]
    [InlineData("touch new", "new", "is in the folder and not in the snapshot")]
    [InlineData("chmod 600 sub", "sub", "has mode 0600 where 0755 is due")]
    [InlineData("touch -d 2020-01-01 large", "large", "was modified at 2020-01-01")]
    [InlineData("ln -sfn empty link", "link", "is a symbolic link to another place")]
    [InlineData("rm sub/pipe; mkdir sub/pipe", "sub/pipe", "is a Directory where a Fifo is due")]
    [InlineData("cp -p sub/small x; mv x sub/small", "sub/small", "is another file than the one it was a second name of")]
    public async Task Whatever_differs_is_found(string change, string path, string reason)
    {
        ExternalTool.Require(_folder, "sh", "-c", change);
        FolderVerification verification = await VerifyAsync();
        Assert.False(verification.IsAsInSnapshot);
        Assert.Contains(verification.Findings, finding => finding.Path == _scratch["source/" + path] && finding.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [RootFact]
    public async Task Another_owner_is_found_by_root()
    {
        ExternalTool.Require(_folder, "chown", "123:456", "empty");
        Assert.Contains("belongs to 123:456 where 0:0 is due", (await VerifyAsync()).Findings[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_beyond_the_limit_are_counted()
    {
        ExternalTool.Require(_folder, "touch", "a", "b", "c");
        FolderVerification verification = await _repository.VerifyFolderAsync(
            _backup.Snapshot.Id, _scratch["restored"], new VerificationOptions { MaxFindings = 1 }, CancellationToken.None);
        Assert.Single(verification.Findings);
        Assert.True(verification.FindingsLeftOut >= 2);
        Assert.False(verification.IsAsInSnapshot);
    }

    [Fact]
    public async Task Chosen_entries_alone_are_restored_and_compared()
    {
        PathSet chosen = new();
        await foreach (TreeEntry entry in _repository.ListEntriesAsync(_backup.Snapshot.Id, null, true, CancellationToken.None))
        {
            if (entry.Node.Name.ToString() is "small" or "empty")
            {
                chosen.Add(entry);
                chosen.Add(entry);
            }
        }

        Assert.Equal(2, chosen.Count);
        string folder = await RestoreAsync("some", chosen);
        Assert.Equal(["empty", "sub", "sub/small"], Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal));
        FolderVerification verification = await VerifyAsync("some", chosen);
        Assert.Empty(verification.Findings);
        Assert.Equal((2, 5), (verification.Files, verification.Bytes));
        File.WriteAllText(Path.Combine(folder, "sub/small"), "SMALL");
        Assert.False((await VerifyAsync("some", chosen)).IsAsInSnapshot);
        Assert.False((await VerifyAsync("some")).IsAsInSnapshot);
    }

    private Task<FolderVerification> VerifyAsync(string folder = "restored", PathSet? chosen = null) =>
        _repository.VerifyFolderAsync(_backup.Snapshot.Id, _scratch[folder], new VerificationOptions { Chosen = chosen }, CancellationToken.None);

    private async Task<string> RestoreAsync(string folder, PathSet? chosen)
    {
        RestoreResult result = await _repository.RestoreAsync(_backup.Snapshot.Id, _scratch[folder], new RestoreOptions { Chosen = chosen }, null, CancellationToken.None);
        Assert.Empty(result.Problems);
        return _scratch[folder] + _scratch["source"];
    }
}
