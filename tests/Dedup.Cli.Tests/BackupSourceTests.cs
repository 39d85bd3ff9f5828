using System.Text.Json;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class BackupSourceTests : IDisposable
{
    private readonly DedupProgram _dedup = new();
    private readonly string _source;

    public BackupSourceTests()
    {
        foreach (string file in (string[])["a.txt", "b.O", "sub/c.o", "sub/d.txt", "cache/junk", "large"])
        {
            _dedup.Write("source/" + file, file == "large" ? new string('x', 5000) : "content of " + file);
        }

        _dedup.Write("source/cache/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55");
        _source = _dedup.Files["source"];
        _dedup.MakeRepository();
    }

    public void Dispose() => _dedup.Dispose();

    [Theory]
    [InlineData("", "a.txt b.O cache cache/CACHEDIR.TAG cache/junk large sub sub/c.o sub/d.txt")]
    [InlineData("--exclude *.o -e cache", "a.txt b.O large sub sub/d.txt")]
    [InlineData("--iexclude *.o --exclude-caches", "a.txt cache cache/CACHEDIR.TAG large sub sub/d.txt")]
    [InlineData("--exclude-file rules", "b.O large sub sub/c.o")]
    [InlineData("--iexclude-file rules --exclude large", "b.O sub sub/c.o")]
    [InlineData("--exclude-if-present c.o --exclude-larger-than 4K", "a.txt b.O cache cache/CACHEDIR.TAG cache/junk sub sub/c.o")]
    [InlineData("--exclude-if-present d.txt:content --exclude-if-present a.txt:nothing", "a.txt b.O cache cache/CACHEDIR.TAG cache/junk large sub sub/d.txt")]
    public void What_is_left_out_is_not_in_the_snapshot(string options, string expected)
    {
        _dedup.Write("rules", "# comment\n*.txt\n\n $DEDUP_RULE/ca*e \n");
        _dedup.With("DEDUP_RULE", _source).Run(["backup", "source", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).Succeeds();
        Assert.Equal(expected, Listed());
    }

    [Theory]
    [InlineData("--exclude [a", "--exclude: pattern '[a': ")]
    [InlineData("--iexclude a --iexclude !", "--iexclude: pattern '!': ")]
    [InlineData("--exclude-file rules", "rules:2: pattern 'x[': ")]
    [InlineData("--exclude-file missing", "--exclude-file missing: cannot be read")]
    [InlineData("--exclude-if-present a/b", "--exclude-if-present a/b: is no name")]
    [InlineData("--exclude-larger-than 1X", "--exclude-larger-than 1X: a number of bytes is needed")]
    [InlineData("--files-from-raw missing", "--files-from-raw missing: cannot be read")]
    [InlineData("--files-from patterns", "patterns:1: pattern 'y[': ")]
    [InlineData("--stdin", "exclude each other")]
    [InlineData("--stdin-filename x", "--stdin-filename is for --stdin")]
    public void What_cannot_be_understood_is_told_in_one_line_with_exit_code_2(string options, string words)
    {
        _dedup.Write("rules", "fine\nx[\n");
        _dedup.Write("patterns", "y[\n");
        _dedup.Run(["backup", "source", .. options.Split(' ')]).FailsInOneLine(2, words);
    }

    [Fact]
    public void Paths_come_from_lists_of_three_kinds()
    {
        _dedup.Write("patterns", $"# these\n\n  source/*.txt \n{_source}/s?b\nnone*\n");
        _dedup.Write("lines", $"source/b.O\n\nsource/#odd \n");
        _dedup.Write("raw", "source/large\0source/two\nlines\0");
        _dedup.Write("source/#odd ", "");
        _dedup.Write("source/two\nlines", "");
        ProgramResult result = _dedup.Run("backup", "--files-from", "patterns", "--files-from-verbatim", "lines", "--files-from-raw", "raw", "source/cache/junk");
        Assert.Equal((0, "warning: patterns:5: 'none*' matches nothing and is passed over\n"), (result.ExitCode, result.Error));
        Assert.Equal("#odd  a.txt b.O cache cache/junk large sub sub/c.o sub/d.txt two\\x0alines", Listed());
        _dedup.Write("empty", "\n");
        _dedup.Run("backup", "--files-from-verbatim", "empty").FailsInOneLine(2, "nothing to back up");

        string[] piped = ["sh", "-c", "printf 'source/a.txt\\0' | \"$@\"", "-"];
        _dedup.RunBy(piped, "backup", "--files-from-raw", "-").Succeeds();
        Assert.Equal("a.txt", Listed());
    }

    [Fact]
    public void Standard_input_is_stored_as_a_file()
    {
        string[] piped = ["sh", "-c", "printf 'some text' | \"$@\"", "-"];
        _dedup.RunBy(piped, "backup", "--stdin", "--tag", "dump").Succeeds();
        Assert.Equal("some text", _dedup.Run("dump", "latest", "/stdin").Succeeds().Output);
        Assert.StartsWith("-rw-------", _dedup.Run("ls", "latest", "-l").Succeeds().Output, StringComparison.Ordinal);
        _dedup.RunBy(piped, "backup", "--stdin", "--stdin-filename", "dumps/db.sql").Succeeds();
        Assert.Equal("some text", _dedup.Run("dump", "latest", "/dumps/db.sql").Succeeds().Output);
        _dedup.Run("backup", "--stdin", "--stdin-filename", "a/../b").FailsInOneLine(2, "--stdin-filename a/../b");
    }

    [Fact]
    public void The_output_of_a_command_is_stored_and_its_failure_leaves_no_snapshot()
    {
        _dedup.Run("backup", "--stdin-filename", "n", "--stdin-from-command", "--", "seq", "-w", "8", "10").Succeeds();
        Assert.Equal("08\n09\n10\n", _dedup.Run("dump", "latest", "/n").Succeeds().Output);

        ProgramResult failed = _dedup.Run("backup", "--stdin-from-command", "--", "sh", "-c", "echo out; echo told >&2; exit 3");
        Assert.Equal(1, failed.ExitCode);
        Assert.Equal(["told", "dedup: sh: ended with exit code 3, so that its output cannot be relied on; no snapshot was made"], failed.ErrorLines);
        _dedup.Run("backup", "--stdin-from-command", "--", "no-such-program").FailsInOneLine(1, "no-such-program: cannot be started");
        _dedup.Run("backup", "--stdin-from-command").FailsInOneLine(2, "the command is missing");
        _dedup.Run("backup", "--stdin", "--stdin-from-command", "--", "true").FailsInOneLine(2, "exclude each other");
        Assert.Equal(1, _dedup.Run("snapshots", "--json").Succeeds().Json.GetArrayLength());
        Assert.Equal(0, _dedup.Run("check", "--read-data").ExitCode);
    }

    [Fact]
    public void A_dry_run_lists_what_would_be_new_and_stores_nothing()
    {
        ProgramResult result = _dedup.Run("backup", "source", "--dry-run", "-v", "--exclude", "cache").SucceedsWithNotes();
        Assert.Contains($"new       {_source}/a.txt (16 B)", result.OutputLines);
        Assert.Contains($"new       {_source}/sub/", result.OutputLines);
        Assert.Equal("Would add to the repository", result.OutputLines[^3].Split(':')[0]);
        Assert.Equal("dry run: nothing was stored, and no snapshot made", result.OutputLines[^1]);
        Assert.Equal(0, _dedup.Run("snapshots", "--json").Succeeds().Json.GetArrayLength());

        JsonElement rehearsed = _dedup.Run("backup", "source", "-n", "--json").Succeeds().LastJson;
        JsonElement real = _dedup.Run("backup", "source", "--json").Succeeds().LastJson;
        Assert.True(rehearsed.GetProperty("dry_run").GetBoolean());
        Assert.False(rehearsed.TryGetProperty("snapshot_id", out _));
        Assert.False(real.TryGetProperty("dry_run", out _));
        Assert.All((string[])["files_new", "data_blobs", "tree_blobs", "data_added"], name => Assert.Equal(real.GetProperty(name).GetInt64(), rehearsed.GetProperty(name).GetInt64()));
        _dedup.Run("backup", "source", "--dry-run", "--init", "-r", "elsewhere").FailsInOneLine(10, "elsewhere");
    }

    [Fact]
    public void A_dry_run_leaves_every_object_and_the_catalogue_as_they_were()
    {
        string[] folders = ["packs", "index", "sessions", "snapshots", "gc", "forgotten", "swept"];
        string[] before = [.. folders.SelectMany(_dedup.Objects().Names)];
        string statistics = _dedup.Run("stats", "--json").Succeeds().Output;
        _dedup.Run("backup", "source", "--dry-run").Succeeds();
        Assert.Equal(before, folders.SelectMany(_dedup.Objects().Names));
        Assert.Equal(statistics, _dedup.Run("stats", "--json").Succeeds().Output);

        // What was rehearsed is not taken for stored: the backup that follows can be restored.
        _dedup.Run("backup", "source").Succeeds();
        _dedup.Run("check", "--read-data").Succeeds();
        _dedup.Run("restore", "latest", "--target", "back", "--verify").Succeeds();
    }

    [Fact]
    public void Entries_are_told_in_json_with_the_field_names_of_restic()
    {
        _dedup.Run("backup", "source").Succeeds();
        _dedup.Write("source/a.txt", "other content");
        JsonElement told = Assert.Single(Told("-v"), entry => entry.GetProperty("item").GetString() == _source + "/a.txt");
        Assert.Equal(("modified", 13), (told.GetProperty("action").GetString(), told.GetProperty("data_size").GetInt64()));
        Assert.Contains("unchanged", Told("-vv").Select(entry => entry.GetProperty("action").GetString()));
        Assert.DoesNotContain("unchanged", Told("-v").Select(entry => entry.GetProperty("action").GetString()));

        IEnumerable<JsonElement> Told(string verbosity) => _dedup.Run("backup", "source", "--json", "-n", verbosity).SucceedsWithNotes().OutputLines
            .Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.GetProperty("message_type").GetString() == "verbose_status");
    }

    [Fact]
    public void What_the_program_keeps_of_the_repository_on_this_machine_is_left_out()
    {
        _dedup.Run("backup", "cache").Succeeds();
        string cache = Path.GetFileName(Assert.Single(Directory.GetDirectories(_dedup.Files["cache"])));
        Assert.DoesNotContain(cache, _dedup.Run("ls", "latest", "--recursive").Succeeds().Output, StringComparison.Ordinal);
    }

    // Without what lies on the way.
    private string Listed() => string.Join(' ', _dedup.Run("ls", "latest", "--recursive").Succeeds().OutputLines
        .Where(path => path.StartsWith(_source + "/", StringComparison.Ordinal)).Select(path => path[(_source.Length + 1)..]).Order(StringComparer.Ordinal));
}
