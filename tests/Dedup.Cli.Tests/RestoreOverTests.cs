using System.Diagnostics;
using System.Text.Json;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>Restores over what is there, as people run them.</summary>
public sealed class RestoreOverTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public RestoreOverTests()
    {
        _dedup.Write("source/kept.txt", "kept");
        _dedup.Write("source/sub/changed.txt", "as it was");
        _dedup.Write("source/sub/log.log", "log");
        _dedup.MakeRepository();
        _dedup.Run("backup", Source).Succeeds();
        _dedup.Run("restore", Snapshot, "--target", "target").Succeeds();
        _dedup.Write("target/sub/changed.txt", "changed since");
        _dedup.Write("target/stray", "stray");
    }

    private string Source => _dedup.Files["source"];

    private string Snapshot => "latest:" + Source;

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void What_is_there_is_updated_and_the_summary_says_how_much_was_written()
    {
        string line = Assert.Single(_dedup.Run("restore", Snapshot, "--target", "target", "--verify").Succeeds().OutputLines);
        Assert.Matches(@"^restored 1 files and directories, 9 B, .* in 0:0\d; 3 \(7 B\) were there and stay; wrote 9 B; verified 3 files$", line);
        Assert.Equal("as it was", File.ReadAllText(_dedup.Files["target/sub/changed.txt"]));
        Assert.True(File.Exists(_dedup.Files["target/stray"]));
    }

    [Fact]
    public void Json_has_restics_fields()
    {
        JsonElement summary = _dedup.Run("restore", Snapshot, "--target", "target", "--delete", "--yes", "--json").Succeeds().LastJson;
        Assert.Equal(
            (4, 1, 3, 1), (Number(summary, "total_files"), Number(summary, "files_restored"), Number(summary, "files_skipped"), Number(summary, "files_deleted")));
        Assert.Equal(
            (16, 9, 7, 9), (Number(summary, "total_bytes"), Number(summary, "bytes_restored"), Number(summary, "bytes_skipped"), Number(summary, "bytes_written")));
    }

    [Fact]
    public void A_dry_run_lists_what_would_be_done_and_does_nothing()
    {
        ProgramResult result = _dedup.Run("restore", Snapshot, "--target", "target", "--delete", "--dry-run").Succeeds();
        Assert.Equal([$"updated   {Target("sub/changed.txt")}", $"deleted   {Target("stray")}"], result.OutputLines.SkipLast(1));
        Assert.StartsWith("would restore 1 files and directories", result.OutputLines[^1], StringComparison.Ordinal);
        Assert.EndsWith("; would delete 1", result.OutputLines[^1], StringComparison.Ordinal);
        Assert.Equal(("changed since", "stray"), (File.ReadAllText(Target("sub/changed.txt")), File.ReadAllText(Target("stray"))));
    }

    [Fact]
    public void Nothing_is_deleted_without_a_question_or_a_flag()
    {
        _dedup.Run("restore", Snapshot, "--target", "target", "--delete").FailsInOneLine(1, "delete 1 files and directories in", "--dry-run", "--yes");
        Assert.Equal("changed since", File.ReadAllText(Target("sub/changed.txt")));
        Assert.Contains("not in the snapshot: " + Target("stray"), Answer("n"), StringComparison.Ordinal);
        Assert.True(File.Exists(Target("stray")));
        Assert.Contains("; deleted 1", Answer("y"), StringComparison.Ordinal);
        Assert.False(File.Exists(Target("stray")));

        // Where there is nothing to delete, nobody is asked.
        _dedup.Run("restore", Snapshot, "--target", "target", "--delete").Succeeds();
    }

    [Fact]
    public void Patterns_choose_what_is_restored()
    {
        _dedup.Run("restore", Snapshot, "--target", "some", "--include", "*.log").Succeeds();
        Assert.Equal(["log.log"], Directory.GetFiles(_dedup.Files["some"], "*", SearchOption.AllDirectories).Select(Path.GetFileName));
        _dedup.Run("restore", Snapshot, "--target", "others", "--iexclude", "*.LOG").Succeeds();
        Assert.Equal(2, Directory.GetFiles(_dedup.Files["others"], "*", SearchOption.AllDirectories).Length);
        _dedup.Run("restore", Snapshot, "--target", "none", "--include", "a", "--exclude", "b").FailsInOneLine(2, "do not go together");
    }

    [Theory]
    [InlineData("--include-file", "*.log", "log.log")]
    [InlineData("--include-file", "*.LOG", "")]
    [InlineData("--iinclude-file", "*.LOG", "log.log")]
    [InlineData("--exclude-file", "*.log", "changed.txt kept.txt")]
    [InlineData("--exclude-file", "*.LOG", "changed.txt kept.txt log.log")]
    [InlineData("--iexclude-file", "*.LOG", "changed.txt kept.txt")]
    public void Patterns_are_read_from_files_too(string option, string pattern, string restored)
    {
        _dedup.Write("rules", $"# comment\n\n{pattern}\n");
        _dedup.Run("restore", Snapshot, "--target", "some", option, "rules").Succeeds();
        Assert.Equal(
            restored,
            string.Join(' ', Directory.GetFiles(_dedup.Files["some"], "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_file_of_patterns_that_cannot_be_followed_restores_nothing()
    {
        _dedup.Write("rules", "# only a comment\n");
        _dedup.Write("mistaken", "a[\n");
        _dedup.Run("restore", Snapshot, "--target", "none", "--include-file", "rules").FailsInOneLine(2, "--include-file rules", "no pattern");
        _dedup.Run("restore", Snapshot, "--target", "none", "--exclude-file", "missing").FailsInOneLine(2, "--exclude-file missing", "cannot be read");
        _dedup.Run("restore", Snapshot, "--target", "none", "--exclude-file", "mistaken").FailsInOneLine(2, "mistaken:1");
        _dedup.Run("restore", Snapshot, "--target", "none", "--exclude-file", "mistaken", "--include", "a").FailsInOneLine(2);
        Assert.False(Directory.Exists(_dedup.Files["none"]));
    }

    [Fact]
    public void Overwriting_takes_one_of_four_words()
    {
        _dedup.Run("restore", Snapshot, "--target", "target", "--overwrite", "sometimes").FailsInOneLine(2, "always, if-changed, if-newer and never");
        _dedup.Run("restore", Snapshot, "--target", "target", "--overwrite", "never").Succeeds();
        Assert.Equal("changed since", File.ReadAllText(Target("sub/changed.txt")));
    }

    [Fact]
    public void Deleting_in_the_root_of_all_is_refused() =>
        _dedup.Run("restore", "latest", "--target", "/", "--delete", "--yes").FailsInOneLine(1, "/: nothing is deleted in the root of a whole file system");

    [RootFact]
    public void An_ordinary_user_gets_one_warning_for_all_owners()
    {
        ExternalTool.Require(Source, "chown", "1:2", "kept.txt", "sub/log.log");
        _dedup.Run("backup", Source).Succeeds();
        ExternalTool.Require(_dedup.Files.Path, "chmod", "-R", "a+rwX", ".");
        _dedup.With("DEDUP_CACHE_DIR", _dedup.Files["own-cache"]);
        ProgramResult result = _dedup.RunBy(["setpriv", "--reuid=54321", "--regid=54321", "--clear-groups"], "restore", Snapshot, "--target", "own");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(
            $"warning: {_dedup.Files["own"]}: the owner or group of 4 entries could not be set: operation not permitted", Assert.Single(result.ErrorLines));
        Assert.Equal("as it was", File.ReadAllText(_dedup.Files["own/sub/changed.txt"]));
    }

    private static long Number(JsonElement summary, string name) => summary.GetProperty(name).GetInt64();

    private string Target(string path) => _dedup.Files["target/" + path];

    private string Answer(string answer)
    {
        using Process process = _dedup.With("TERM", "xterm")
            .StartBy(["sh", "-c", $"exec script -qec \"$1 restore {Snapshot} --target target --delete\" /dev/null", "-"]);
        string shown = "";
        while (!shown.EndsWith("[y/N]: ", StringComparison.Ordinal))
        {
            int character = process.StandardOutput.Read();
            Assert.True(character >= 0, $"no question: {shown}");
            shown += (char)character;
        }

        process.StandardInput.Write(answer + "\r");
        process.StandardInput.Flush();
        return shown + DedupProgram.Finish(process).Output;
    }
}
