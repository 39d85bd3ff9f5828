using System.Diagnostics;
using System.IO.Pipes;
using Dedup.Backup;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Sources;

public sealed class StreamSourceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private readonly ScratchDirectory _scratch = new();
    private readonly MemoryStore _store = new();
    private Repository _repository = null!;

    public async Task InitializeAsync() => _repository = await TestRepository.CreateByPasswordAsync(_store, _scratch["cache"]);

    public async Task DisposeAsync()
    {
        await _repository.DisposeAsync();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2 << 20)]
    [InlineData(20_000_001)]
    public async Task A_stream_of_any_length_is_stored_as_a_file_and_shares_chunks_with_files(int length)
    {
        byte[] content = Content(length);
        BackupResult result = await BackUpAsync(OfStream("stdin", new MemoryStream(content)));
        Assert.Equal(["/stdin"], result.Snapshot.Paths);
        TreeEntry entry = await _repository.ListEntriesAsync(result.Snapshot.Id, null, true, CancellationToken.None).SingleAsync();
        Assert.Equal(("/stdin", NodeType.File, 0x180u, (long)length), (entry.Path, entry.Node.Metadata.Type, entry.Node.Metadata.Mode, entry.Node.Metadata.Size));
        Assert.Equal(Now, DateTimeOffset.UnixEpoch.AddTicks(entry.Node.Metadata.ModifiedNs / 100));
        Assert.Equal(content, await RestoreAsync(result, "stdin"));

        MemoryDirectory files = new();
        files.File("same", content);
        Assert.Equal(0, (await BackUpAsync(new MemorySource(files))).Snapshot.Statistics.DataBlobs);
        BackupStatistics again = (await BackUpAsync(OfStream("stdin", new MemoryStream(content)))).Snapshot.Statistics;
        Assert.Equal((0, 1), (again.DataBlobs, again.FilesChanged));
    }

    [Fact]
    public async Task Its_path_may_lie_in_directories()
    {
        BackupResult result = await BackUpAsync(OfStream("/dumps/today/db.sql", new MemoryStream(Content(10))));
        Assert.Equal(["/dumps", "/dumps/today", "/dumps/today/db.sql"], await _repository.ListEntriesAsync(result.Snapshot.Id, null, true, CancellationToken.None).Select(entry => entry.Path).ToListAsync());
        Assert.Equal(Content(10), await RestoreAsync(result, "dumps/today/db.sql"));
        Assert.All((string[])["", "/", "a/../b", "."], path => Assert.Throws<ArgumentException>(() => OfStream(path, Stream.Null)));
    }

    [Fact]
    public async Task A_stream_that_breaks_leaves_no_snapshot_and_what_was_stored_serves_the_next_try()
    {
        byte[] content = Content(40 << 20);
        SourceFailedException failure = await Assert.ThrowsAsync<SourceFailedException>(() => BackUpAsync(OfStream("stdin", new BreakingStream(content))));
        Assert.Contains("/stdin: cannot be read: broken", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await _repository.ListSnapshotsAsync(SnapshotFilter.All, CancellationToken.None).ToListAsync());
        BackupResult result = await BackUpAsync(OfStream("stdin", new MemoryStream(content)));
        Assert.Equal(content, await RestoreAsync(result, "stdin"));
    }

    [Fact]
    public async Task A_backup_of_a_silent_stream_can_be_cancelled()
    {
        using AnonymousPipeServerStream writer = new();
        using AnonymousPipeClientStream reader = new(writer.GetClientHandleAsString());
        using CancellationTokenSource cancellation = new();
        Task<BackupResult> backup = _repository.BackupAsync(
            new StreamSource("stdin", reader, TimeProvider.System, cancellation.Token), new BackupOptions(), null, cancellation.Token);
        writer.Write("some"u8);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => backup);
    }

    [Fact]
    public async Task What_a_command_prints_is_stored()
    {
        BackupResult result = await BackUpAsync(Command("seq", "1", "1000000"));
        Assert.Equal(ExternalTool.Require("/", "seq", "1", "1000000"), System.Text.Encoding.Latin1.GetString(await RestoreAsync(result, "out")));
    }

    [Theory]
    [InlineData("echo out; exit 3", "exit code 3")]
    [InlineData("echo out; kill -9 $$", "exit code 137 (as of signal 9)")]
    public async Task A_command_that_fails_leaves_no_snapshot(string script, string reason)
    {
        SourceFailedException failure = await Assert.ThrowsAsync<SourceFailedException>(() => BackUpAsync(Command("sh", "-c", script)));
        Assert.StartsWith($"sh: ended with {reason}", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await _repository.ListSnapshotsAsync(SnapshotFilter.All, CancellationToken.None).ToListAsync());
        await Assert.ThrowsAsync<SourceFailedException>(() => BackUpAsync(Command("there-is-no-such-program")));
    }

    [Fact]
    public async Task A_cancelled_backup_ends_its_command()
    {
        string note = _scratch["process"];
        using CancellationTokenSource cancellation = new();
        CommandSource source = new("out", "sh", ["-c", $"echo $$ > {note}.new; mv {note}.new {note}; echo some; exec sleep 1000"], TimeProvider.System, cancellation.Token);
        Task<BackupResult> backup = _repository.BackupAsync(source, new BackupOptions(), null, cancellation.Token);
        while (!File.Exists(note))
        {
            await Task.Yield();
        }

        int id = int.Parse(File.ReadAllText(note), null);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => backup);
        Assert.True(!Directory.Exists($"/proc/{id}") || File.ReadAllText($"/proc/{id}/stat").Contains(") Z", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_named_pipe_is_read_until_its_last_writer_closes_it_when_that_is_wanted()
    {
        byte[] content = Content(3 << 20);
        File.WriteAllBytes(_scratch["content"], content);
        ExternalTool.Require(_scratch.Path, "mkfifo", "pipe");
        ProcessStartInfo writing = new("sh", ["-c", "cat content > pipe"]) { WorkingDirectory = _scratch.Path };
        using Process writer = Process.Start(writing)!;
        BackupResult result = await BackUpAsync(new FileSystemSource([_scratch["pipe"]], new FileSystemSourceOptions { ReadSpecial = true }));
        Assert.Equal(content, await RestoreAsync(result, _scratch["pipe"].TrimStart('/')));
        BackupResult asItIs = await BackUpAsync(new FileSystemSource([_scratch["pipe"]]));
        Assert.Equal(NodeType.Fifo, (await _repository.ListEntriesAsync(asItIs.Snapshot.Id, _scratch["pipe"], false, CancellationToken.None).SingleAsync()).Node.Metadata.Type);
        await writer.WaitForExitAsync();
    }

    [LoopDeviceFact]
    public async Task A_block_device_is_read_with_its_length_and_each_time_anew()
    {
        byte[] content = Content(5 << 20);
        File.WriteAllBytes(_scratch["image"], content);
        string device = ExternalTool.Require(_scratch.Path, "losetup", "--find", "--show", "image").Trim();
        try
        {
            File.CreateSymbolicLink(_scratch["link"], device);
            FileSystemSourceOptions options = new() { ReadSpecial = true };
            BackupResult first = await BackUpAsync(new FileSystemSource([device], options));
            Assert.Equal(content, await RestoreAsync(first, device.TrimStart('/')));
            content[1_000_000] ^= 1;
            using (FileStream stream = File.OpenWrite(device))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            BackupResult second = await BackUpAsync(new FileSystemSource([device], options));
            Assert.Equal(content, await RestoreAsync(second, device.TrimStart('/')));
            BackupResult byLink = await BackUpAsync(new FileSystemSource([_scratch["link"]], options));
            Assert.Equal(content, await RestoreAsync(byLink, _scratch["link"].TrimStart('/')));
            Assert.Equal(0, byLink.Snapshot.Statistics.DataBlobs);
        }
        finally
        {
            ExternalTool.Require(_scratch.Path, "losetup", "--detach", device);
        }
    }

    private static byte[] Content(int length)
    {
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }

    private static StreamSource OfStream(string path, Stream content) => new(path, content, new FixedTimeProvider(Now), CancellationToken.None);

    private static CommandSource Command(string program, params string[] arguments) => new("out", program, arguments, TimeProvider.System, CancellationToken.None);

    private async Task<BackupResult> BackUpAsync(IBackupSource source)
    {
        BackupResult result = await _repository.BackupAsync(source, new BackupOptions(), null, CancellationToken.None);
        Assert.Empty(result.Problems);
        return result;
    }

    private async Task<byte[]> RestoreAsync(BackupResult result, string path)
    {
        string target = _scratch[$"restored-{result.Snapshot.Id}"];
        Assert.Empty((await _repository.RestoreAsync(result.Snapshot.Id, target, new Dedup.Restore.RestoreOptions(), null, CancellationToken.None)).Problems);
        return await File.ReadAllBytesAsync(Path.Combine(target, path));
    }
}
