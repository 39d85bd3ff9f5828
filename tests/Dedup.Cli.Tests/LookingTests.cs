using System.Runtime.Versioning;
using System.Text.Json;
using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>find, history, diff and stats.</summary>
[SupportedOSPlatform("linux")]
public sealed class LookingTests(ChangingRepository repository) : IClassFixture<ChangingRepository>
{
    private readonly DedupProgram _dedup = repository.Program;

    [Fact]
    public void Find_names_what_each_snapshot_has()
    {
        string output = _dedup.Run("find", "NOTES.*", "-i").Succeeds().Output;
        Assert.Equal(
            $"""
            found in snapshot {repository.Snapshots[0][..8]} of web1 from 2026-01-02 00:00:00:
            {repository.Source}/ann/notes.txt
            {repository.Source}/bob/notes.txt

            found in snapshot {repository.Snapshots[1][..8]} of web1 from 2026-01-03 00:00:00:
            {repository.Source}/ann/notes.txt
            {repository.Source}/bob/notes.txt

            found in snapshot {repository.Snapshots[2][..8]} of web1 from 2026-01-04 00:00:00:
            {repository.Source}/bob/notes.txt

            """,
            output);
        Assert.Matches($@"(?m)^-rw-r--r-- .*97\.7 KiB .*{repository.Source}/ann/new/large\.bin$", _dedup.Run("find", "-l", "*.bin").Succeeds().Output);
        Assert.Equal("", _dedup.Run("find", "no such").Succeeds().Output);
    }

    [Fact]
    public void Find_as_json_has_the_fields_of_restic()
    {
        JsonElement found = _dedup.Run("find", "ann/notes.txt", "--json").Succeeds().Json;
        Assert.Equal(repository.Snapshots[..2], found.EnumerateArray().Select(snapshot => snapshot.GetProperty("snapshot").GetString()));
        Assert.Equal(1, found[1].GetProperty("hits").GetInt64());
        JsonElement match = Assert.Single(found[1].GetProperty("matches").EnumerateArray());
        Assert.Equal(repository.Source + "/ann/notes.txt", match.GetProperty("path").GetString());
        Assert.Equal("-rw-r--r--", match.GetProperty("permissions").GetString());
        Assert.Equal("file", match.GetProperty("type").GetString());
        Assert.Equal(9, match.GetProperty("size").GetInt64());
        Assert.Equal(1, match.GetProperty("links").GetInt64());
        foreach (string field in (string[])["mode", "mtime", "ctime", "uid", "gid", "user", "group", "inode"])
        {
            Assert.True(match.TryGetProperty(field, out _), field);
        }

        Assert.Equal("[]", _dedup.Run("find", "no such", "--json").Succeeds().OutputLines.Single());
    }

    [Theory]
    [InlineData("--snapshot latest", 1)]
    [InlineData("--tag first", 1)]
    [InlineData("--host web2", 0)]
    [InlineData("--oldest 2200-01-01", 0)]
    [InlineData("--newest 2200-01-01", 3)]
    public void Find_looks_only_where_it_is_told(string options, int snapshots) =>
        Assert.Equal(snapshots, _dedup.Run(["find", "notes.txt", "--json", .. options.Split(' ')]).Succeeds().Json.GetArrayLength());

    [Fact]
    public void A_history_tells_each_version_and_the_removal()
    {
        JsonElement versions = _dedup.Run("history", repository.Source + "/ann/notes.txt", "--json").Succeeds().Json;
        Assert.Equal(["added", "content_changed", "removed"], versions.EnumerateArray().Select(version => version.GetProperty("change").GetString()));
        Assert.Equal(repository.Snapshots, versions.EnumerateArray().Select(version => version.GetProperty("first_snapshot").GetString()));
        Assert.Equal(9, versions[1].GetProperty("node").GetProperty("size").GetInt64());
        Assert.False(versions[2].TryGetProperty("node", out _));
        versions = _dedup.Run("history", repository.Source + "/bob/notes.txt", "--json").Succeeds().Json;
        Assert.Equal(["added", "metadata_changed"], versions.EnumerateArray().Select(version => version.GetProperty("change").GetString()));
        Assert.Equal(2, versions[0].GetProperty("snapshots_count").GetInt32());
        Assert.Equal(repository.Snapshots[1], versions[0].GetProperty("last_snapshot").GetString());
        Assert.Matches(@"(?m)^ *web1 +content changed .* 9 B ", _dedup.Run("history", repository.Source + "/ann/notes.txt").Succeeds().Output);
    }

    [Fact]
    public void A_diff_has_the_letters_and_the_statistics_of_restic()
    {
        string output = _dedup.Run("diff", repository.Snapshots[0], repository.Snapshots[2]).Succeeds().Output;
        Assert.StartsWith($"+    {repository.Source}/ann/new/\n+    {repository.Source}/ann/new/large.bin  (97.7 KiB)\n-    {repository.Source}/ann/notes.txt  (3 B)\n\nFiles:", output, StringComparison.Ordinal);
        Assert.Contains($"\nU    {repository.Source}/bob/notes.txt\n", _dedup.Run("diff", repository.Snapshots[0], "latest", "--metadata").Succeeds().Output, StringComparison.Ordinal);

        JsonElement[] lines = [.. _dedup.Run("diff", repository.Snapshots[0], repository.Snapshots[1], "--json").Succeeds().OutputLines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["+", "+", "M"], lines[..^1].Select(line => line.GetProperty("modifier").GetString()));
        Assert.All(lines[..^1], line => Assert.Equal("change", line.GetProperty("message_type").GetString()));
        Assert.Equal((3, 9), (lines[2].GetProperty("source_size").GetInt64(), lines[2].GetProperty("target_size").GetInt64()));
        Assert.Equal("statistics", lines[^1].GetProperty("message_type").GetString());
        Assert.Equal(repository.Snapshots[1], lines[^1].GetProperty("target_snapshot").GetString());
        Assert.Equal(1, lines[^1].GetProperty("changed_files").GetInt64());
        Assert.Equal((1, 1), (lines[^1].GetProperty("added").GetProperty("files").GetInt64(), lines[^1].GetProperty("added").GetProperty("dirs").GetInt64()));
        foreach (string field in (string[])["files", "dirs", "others", "data_blobs", "tree_blobs", "bytes"])
        {
            Assert.True(lines[^1].GetProperty("removed").TryGetProperty(field, out _), field);
        }

        Assert.StartsWith("-    /large.bin  ", _dedup.Run("diff", $"latest:{repository.Source}/ann/new", $"latest:{repository.Source}/bob").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Stats_count_as_restic_does()
    {
        JsonElement raw = Stats("--mode", "raw-data");
        Assert.True(raw.GetProperty("total_uncompressed_size").GetInt64() > 100_000);
        Assert.True(raw.GetProperty("total_size").GetInt64() < 100_000);
        Assert.True(raw.GetProperty("compression_ratio").GetDouble() > 1);
        Assert.InRange(raw.GetProperty("compression_progress").GetDouble(), 50, 100);
        Assert.InRange(raw.GetProperty("compression_space_saving").GetDouble(), 1, 100);
        Assert.True(raw.GetProperty("total_blob_count").GetInt64() > 4);
        Assert.Equal(3, raw.GetProperty("snapshots_count").GetInt64());
        Assert.Equal((4, 100_024), (Stats("--mode", "files-by-contents").GetProperty("total_file_count").GetInt64(), Stats("--mode", "files-by-contents").GetProperty("total_size").GetInt64()));
        Assert.Equal(3, Stats("--mode", "blobs-per-file").GetProperty("total_file_count").GetInt64());
        Assert.Equal(2, Stats("latest", "--mode", "restore-size").GetProperty("total_file_count").GetInt64());
        Assert.Contains("Dedup ratio:", _dedup.Run("stats").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Stats_tell_what_a_snapshot_costs()
    {
        JsonElement cost = Stats(repository.Snapshots[1], "--mode", "cost");
        Assert.Equal(repository.Snapshots[0], cost.GetProperty("compared_with").GetString());
        Assert.Equal(100_006, cost.GetProperty("growth").GetInt64());
        Assert.True(cost.GetProperty("unique_size").GetInt64() > 0);
        JsonElement ann = cost.GetProperty("directories").EnumerateArray().Single(directory => directory.GetProperty("path").GetString() == repository.Source + "/ann");
        Assert.Equal((100_009, 2, 100_006), (ann.GetProperty("size").GetInt64(), ann.GetProperty("file_count").GetInt64(), ann.GetProperty("growth").GetInt64()));
        string output = _dedup.Run("stats", "latest", "--mode", "cost", "--directories", "1").Succeeds().Output;
        Assert.Contains("\nGrew:         -9 B since " + repository.Snapshots[1][..8], output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^ .* /$", output);
    }

    [Fact]
    public void Snapshots_come_in_groups()
    {
        JsonElement groups = _dedup.Run("snapshots", "--group-by", "host,tags", "--json").Succeeds().Json;
        Assert.Equal(["first", ""], groups.EnumerateArray().Select(group => string.Join(',', group.GetProperty("group_key").GetProperty("tags").EnumerateArray())));
        Assert.Equal([1, 2], groups.EnumerateArray().Select(group => group.GetProperty("snapshots").GetArrayLength()));
        Assert.Equal("web1", groups[0].GetProperty("group_key").GetProperty("hostname").GetString());
        Assert.Contains("snapshots of host web1, paths [" + repository.Source, _dedup.Run("snapshots", "-g", "host,paths").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_listing_is_sorted_as_it_is_told()
    {
        string[] bySize = [.. _dedup.Run("ls", "latest", "--sort", "size").Succeeds().OutputLines];
        Assert.EndsWith("large.bin", bySize[0], StringComparison.Ordinal);
        Assert.EndsWith("bob/notes.txt", bySize[1], StringComparison.Ordinal);
        Assert.EndsWith("large.bin", _dedup.Run("ls", "latest", "--sort", "size", "--reverse").Succeeds().OutputLines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("find", 2, "find")]
    [InlineData("find !a", 2, "!a")]
    [InlineData("find [a", 2, "[a")]
    [InlineData("find a --oldest yesterday", 2, "yesterday")]
    [InlineData("find a --snapshot ffffffff", 1, "ffffffff")]
    [InlineData("history /no/such", 1, "/no/such")]
    [InlineData("history /", 2, "root")]
    [InlineData("diff latest", 2, "diff")]
    [InlineData("diff latest :/a", 2, ":/a")]
    [InlineData("diff latest latest:/no/such", 1, "/no")]
    [InlineData("stats --mode cost", 2, "cost")]
    [InlineData("stats --mode weight", 2, "weight")]
    [InlineData("stats --directories 3", 2, "--directories")]
    [InlineData("snapshots --group-by colour", 2, "colour")]
    [InlineData("snapshots --group-by host --forgotten", 2, "--group-by")]
    [InlineData("ls latest --sort colour", 2, "colour")]
    [InlineData("tag latest", 2, "--add")]
    [InlineData("tag latest --set a --add b", 2, "--set")]
    [InlineData("tag ffffffff --add b", 1, "ffffffff")]
    public void What_cannot_be_done_is_told_in_one_line(string arguments, int code, string word) =>
        _dedup.Run(arguments.Split(' ')).FailsInOneLine(code, word);

    private JsonElement Stats(params string[] arguments) => _dedup.Run(["stats", "--json", .. arguments]).Succeeds().Json;
}
