using System.Diagnostics;
using System.Text.Json;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class BackupTests : IDisposable
{
    // Root without its capabilities is refused like anybody else.
    private static readonly string[] WithoutRights =
        Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] : ["env"];

    private readonly DedupProgram _dedup = new();
    private readonly string _source;

    public BackupTests()
    {
        string file = _dedup.Write("source/a.txt", "alpha\n");
        _dedup.Write("source/sub/b.txt", "beta\n");
        _source = Path.GetDirectoryName(file)!;
        _dedup.MakeRepository();
    }

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void A_summary_for_people_ends_with_the_snapshot()
    {
        IReadOnlyList<string> lines = _dedup.Run("backup", "source").Succeeds().OutputLines;
        Assert.Equal("no parent snapshot found, all files were read", lines[0]);
        Assert.Equal("Files:           2 new,         0 changed,         0 unmodified", lines[1]);
        Assert.Matches(@"^Added to the repository: \d+ B \(.+ stored\)$", lines[3]);
        Assert.Matches(@"^processed 2 files, 11 B in 0:\d\d$", lines[4]);
        Assert.Matches("^snapshot [0-9a-f]{8} saved$", lines[5]);
        File.AppendAllText(Path.Combine(_source, "a.txt"), "more\n");
        Assert.Contains("Files:           0 new,         1 changed,         1 unmodified\n", _dedup.Run("backup", "source").Succeeds().Output, StringComparison.Ordinal);
        Assert.Empty(_dedup.Run("backup", "source", "-q", "--force").Succeeds().Output);
    }

    [Fact]
    public void Json_ends_with_a_summary_that_has_the_field_names_of_restic()
    {
        ProgramResult result = _dedup.Run("backup", "source", "--json", "--tag", "x").Succeeds();
        JsonElement summary = result.LastJson;
        string[] numbers =
        [
            "files_new", "files_changed", "files_unmodified", "dirs_new", "dirs_changed", "dirs_unmodified", "data_blobs", "tree_blobs",
            "data_added", "data_added_packed", "total_files_processed", "total_bytes_processed", "total_duration",
        ];
        Assert.Equal("summary", summary.GetProperty("message_type").GetString());
        Assert.All(numbers, name => Assert.Equal(JsonValueKind.Number, summary.GetProperty(name).ValueKind));
        Assert.Equal(2, summary.GetProperty("files_new").GetInt64());
        Assert.Equal(11, summary.GetProperty("total_bytes_processed").GetInt64());
        Assert.Equal(32, summary.GetProperty("snapshot_id").GetString()!.Length);
        foreach (string line in result.OutputLines.SkipLast(1))
        {
            JsonElement status = JsonDocument.Parse(line).RootElement;
            Assert.Equal("status", status.GetProperty("message_type").GetString());
            string[] fields = ["percent_done", "total_files", "files_done", "total_bytes", "bytes_done"];
            Assert.All(fields, name => Assert.Equal(JsonValueKind.Number, status.GetProperty(name).ValueKind));
        }
    }

    [Fact]
    public void A_parent_can_be_named_and_reading_be_forced()
    {
        string id = _dedup.Run("backup", "source", "--json").Succeeds().LastJson.GetProperty("snapshot_id").GetString()!;
        JsonElement other = _dedup.Run("backup", "source", "--json", "--host", "other", "--parent", id[..8]).Succeeds().LastJson;
        JsonElement forced = _dedup.Run("backup", "source", "--json", "--force").Succeeds().LastJson;
        Assert.Equal(0, other.GetProperty("files_new").GetInt64());
        Assert.Equal(2, forced.GetProperty("files_new").GetInt64());
        Assert.Equal(0, forced.GetProperty("data_blobs").GetInt64());
        _dedup.Run("backup", "source", "--parent", "ffff").FailsInOneLine(1, "ffff");
    }

    [Fault(12)]
    [Fact]
    public void What_cannot_be_read_is_named_and_the_exit_code_is_3()
    {
        ExternalTool.Require(_source, "chmod", "000", "a.txt");
        ProgramResult result = _dedup.RunBy(WithoutRights, "backup", "source");
        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith($"error: {_source}/a.txt: ", Assert.Single(result.ErrorLines));
        Assert.Matches(@"snapshot [0-9a-f]{8} saved\n$", result.Output);

        ProgramResult json = _dedup.RunBy(WithoutRights, "backup", "source", "--json");
        Assert.Equal(3, json.ExitCode);
        JsonElement error = JsonDocument.Parse(Assert.Single(json.ErrorLines)).RootElement;
        Assert.Equal("error", error.GetProperty("message_type").GetString());
        Assert.Equal($"{_source}/a.txt", error.GetProperty("item").GetString());
        Assert.NotEmpty(error.GetProperty("error").GetProperty("message").GetString()!);
        Assert.Equal(_source + "/sub/b.txt", _dedup.Run("ls", "latest", _source + "/sub").Succeeds().OutputLines[^1]);
    }

    [Fact]
    public void Output_that_nobody_reads_any_more_ends_the_program_silently()
    {
        // More than a pipe holds.
        string large = _dedup.Write("source/large", new string('x', 1 << 20));
        _dedup.Run("backup", "source").Succeeds();
        string[] unread = ["sh", "-c", "{ \"$@\"; echo $? >&2; } | true", "-"];
        Assert.Equal("141\n", _dedup.RunBy(unread, "dump", "latest", large).Error);
    }

    [Fault(15)]
    [Fact]
    public void A_source_that_is_not_there_leaves_no_snapshot()
    {
        _dedup.Run("backup", "missing").FailsInOneLine(1, _dedup.Files["missing"]);
        Assert.Equal(0, _dedup.Run("snapshots", "--json").Json.GetArrayLength());
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void An_interrupted_backup_leaves_earlier_snapshots_whole_and_no_other(string signal)
    {
        _dedup.Run("backup", "source").Succeeds();
        // Slow by the highest level of compression, not by size: far from done when the first line of progress comes.
        Random random = new(20260102);
        _dedup.Write("large/file", string.Concat(Enumerable.Range(0, 4 << 20).Select(_ => random.Next(10_000_000).ToString("d8", null))));
        using (Process process = _dedup.StartBy(["env", "--default-signal"], "backup", "large", "--json", "--compression", "zstd:19"))
        {
            Assert.Contains("status", process.StandardOutput.ReadLine(), StringComparison.Ordinal);
            ExternalTool.Require("/", "kill", $"-{signal}", $"{process.Id}");
            ProgramResult result = DedupProgram.Finish(process);
            Assert.Equal(130, result.ExitCode);
            JsonElement error = JsonDocument.Parse(Assert.Single(result.ErrorLines)).RootElement;
            Assert.Equal(("exit_error", 130), (error.GetProperty("message_type").GetString(), error.GetProperty("code").GetInt32()));
        }

        Assert.Equal(1, _dedup.Run("snapshots", "--json").Succeeds().Json.GetArrayLength());
        Assert.Equal(0, _dedup.Run("check", "--read-data").ExitCode);
        _dedup.Run("restore", "latest", "--target", "restored").Succeeds();
        Assert.Empty(TreeComparer.Differences(_source, _dedup.Files["restored"] + _source));
    }
}
