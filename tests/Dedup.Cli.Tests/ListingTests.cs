using System.Text.Json;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class ListingTests(BackedUpRepository repository) : IClassFixture<BackedUpRepository>
{
    private readonly DedupProgram _dedup = repository.Program;

    [Fact]
    public void Snapshots_are_listed_in_a_table_that_a_pipe_gets_plain()
    {
        string output = _dedup.Run("snapshots").Succeeds().Output;
        Assert.Contains(repository.First[..8] + "   2026-01-02 03:04:05   web1   nightly,full   " + repository.Source, output, StringComparison.Ordinal);
        Assert.Contains(repository.Second[..8] + "   2026-02-03 04:05:06   web2   full           " + repository.Source, output, StringComparison.Ordinal);
        Assert.EndsWith("2 snapshots\n", output);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public void Snapshots_as_json_have_the_field_names_of_restic()
    {
        JsonElement first = _dedup.Run("snapshots", "--json").Succeeds().Json[0];
        Assert.Equal(repository.First, first.GetProperty("id").GetString());
        Assert.Equal(repository.First[..8], first.GetProperty("short_id").GetString());
        Assert.Equal("web1", first.GetProperty("hostname").GetString());
        Assert.Equal(Environment.UserName, first.GetProperty("username").GetString());
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), first.GetProperty("time").GetDateTimeOffset());
        Assert.Equal([repository.Source], first.GetProperty("paths").EnumerateArray().Select(path => path.GetString()));
        Assert.Equal(["nightly", "full"], first.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(64, first.GetProperty("tree").GetString()!.Length);
        Assert.Equal(4, first.GetProperty("summary").GetProperty("files_new").GetInt64());
        Assert.False(first.TryGetProperty("parent", out _));
    }

    [Theory]
    [InlineData("--host web1", 1)]
    [InlineData("--host web1 --host web2", 2)]
    [InlineData("--tag full", 2)]
    [InlineData("--tag full --tag nightly", 1)]
    [InlineData("--tag full,nightly", 1)]
    [InlineData("--path source", 2)]
    [InlineData("--path /elsewhere", 0)]
    [InlineData("--latest 1", 2)]
    [InlineData("--latest 1 --host web2", 1)]
    public void Options_pick_snapshots(string options, int count) =>
        Assert.Equal(count, _dedup.Run(["snapshots", "--json", .. options.Split(' ')]).Succeeds().Json.GetArrayLength());

    [Fact]
    public void Ls_lists_everything_or_a_directory_with_control_characters_escaped()
    {
        string[] inside = [repository.Source + @"/sub/bad\x1b[2J\x0aname", repository.Source + "/sub/number.txt"];
        Assert.Equal(inside, _dedup.Run("ls", "latest", repository.Source + "/sub").Succeeds().OutputLines);
        IReadOnlyList<string> whole = _dedup.Run("ls", repository.First[..6]).Succeeds().OutputLines;
        Assert.Equal(repository.Source, Path.Combine("/", whole.First(line => line.EndsWith("/source", StringComparison.Ordinal))));
        Assert.All(inside, path => Assert.Contains(path, whole));
    }

    [Fact]
    public void Ls_goes_into_directories_when_asked_to()
    {
        string number = repository.Source + "/sub/number.txt";
        Assert.DoesNotContain(number, _dedup.Run("ls", "latest", repository.Source).Succeeds().OutputLines);
        Assert.Contains(number, _dedup.Run("ls", "latest", repository.Source, "--recursive").Succeeds().OutputLines);
    }

    [Fact]
    public void A_long_listing_shows_permissions_sizes_and_targets()
    {
        string output = _dedup.Run("ls", "latest", repository.Source, "-l").Succeeds().Output;
        Assert.Matches(@"(?m)^-rw-r--r-- +\d+ +\d+ +13 B \d{4}-\d\d-\d\d \d\d:\d\d:\d\d .*/greeting\.txt$", output);
        Assert.Matches(@"(?m)^drwxr-xr-x .*/sub$", output);
        Assert.Matches(@"(?m)^lrwxrwxrwx .*/link -> greeting\.txt$", output);
    }

    [Fact]
    public void Ls_as_json_gives_the_snapshot_and_then_a_line_for_each_node()
    {
        List<JsonElement> lines = [.. _dedup.Run("ls", "latest", repository.Source, "--json").Succeeds().OutputLines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal("snapshot", lines[0].GetProperty("struct_type").GetString());
        Assert.Equal(repository.Second, lines[0].GetProperty("id").GetString());
        Assert.Equal(["greeting.txt", "link", "sub"], lines[1..].Select(node => node.GetProperty("name").GetString()));
        Assert.Equal(["file", "symlink", "dir"], lines[1..].Select(node => node.GetProperty("type").GetString()));
        Assert.Equal(repository.Source + "/greeting.txt", lines[1].GetProperty("path").GetString());
        Assert.Equal(BackedUpRepository.Text.Length, lines[1].GetProperty("size").GetInt64());
        Assert.Equal(0b110_100_100, lines[1].GetProperty("mode").GetInt32());
        Assert.Equal(File.GetLastWriteTimeUtc(repository.Source + "/greeting.txt"), lines[1].GetProperty("mtime").GetDateTime());
        Assert.True(lines[1].TryGetProperty("uid", out _) && lines[1].TryGetProperty("gid", out _));
        Assert.False(lines[3].TryGetProperty("size", out _));
    }

    [Theory]
    [InlineData("ls ffffffff", "ffffffff")]
    [InlineData("ls latest --host nobody", "no snapshot")]
    [InlineData("ls latest /no/such", "/no")]
    [InlineData("dump latest /no/such", "/no")]
    [InlineData("export latest:/no/such out.tar", "/no")]
    [InlineData("restore latest:/no/such --target out", "/no")]
    [InlineData("stats ffffffff", "ffffffff")]
    public void What_is_not_there_is_told_in_one_line(string arguments, string word) =>
        _dedup.Run(arguments.Split(' ')).FailsInOneLine(1, word);

    [Fact]
    public void Dump_writes_a_file_and_nothing_else()
    {
        Assert.Equal(BackedUpRepository.Text, _dedup.Run("dump", "latest", repository.Source + "/greeting.txt").Succeeds().Output);
    }

    [Fact]
    public void Stats_tell_sizes()
    {
        JsonElement whole = _dedup.Run("stats", "--json").Succeeds().Json;
        Assert.Equal(2, whole.GetProperty("snapshots_count").GetInt64());
        Assert.Equal(8, whole.GetProperty("total_file_count").GetInt64());
        Assert.Equal(2 * (BackedUpRepository.Text.Length + 3), whole.GetProperty("total_size").GetInt64());
        Assert.True(whole.GetProperty("total_stored_size").GetInt64() > 0);
        JsonElement one = _dedup.Run("stats", "latest", "--json").Succeeds().Json;
        Assert.Equal(4, one.GetProperty("total_file_count").GetInt64());
        Assert.False(one.TryGetProperty("total_stored_size", out _));
        Assert.Contains("Restore size: 32 B\n", _dedup.Run("stats").Succeeds().Output, StringComparison.Ordinal);
    }
}
