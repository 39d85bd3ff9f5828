using System.Text.Json;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class TagTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void Tags_of_those_that_are_picked_are_changed_and_told()
    {
        _dedup.Write("source/file", "text");
        _dedup.MakeRepository();
        string first = BackUp("web1");
        string second = BackUp("web2");

        JsonElement[] lines = [.. _dedup.Run("tag", "--add", "b,c", "--remove", "a", "--host", "web1", "--json").Succeeds().OutputLines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["changed", "summary"], lines.Select(line => line.GetProperty("message_type").GetString()));
        Assert.Equal(first, lines[0].GetProperty("old_snapshot_id").GetString());
        Assert.Equal(1, lines[1].GetProperty("changed_snapshots").GetInt32());
        JsonElement snapshots = _dedup.Run("snapshots", "--json").Succeeds().Json;
        Assert.Equal(["b,c", "a"], snapshots.EnumerateArray().OrderBy(snapshot => snapshot.GetProperty("hostname").GetString()).Select(snapshot => string.Join(',', snapshot.GetProperty("tags").EnumerateArray())));
        Assert.Contains(snapshots.EnumerateArray(), snapshot => snapshot.GetProperty("id").GetString() == lines[0].GetProperty("new_snapshot_id").GetString());

        Assert.EndsWith("with no tags\n1 snapshot changed\n", _dedup.Run("tag", "--set", "", second).Succeeds().Output, StringComparison.Ordinal);
        Assert.Equal("0 snapshots changed\n", _dedup.Run("tag", "--remove", "z").Succeeds().Output);
        _dedup.Run("check", "--read-data").Succeeds();
    }

    private string BackUp(string host) =>
        _dedup.Run("backup", "source", "--host", host, "--tag", "a", "--json").Succeeds().LastJson.GetProperty("snapshot_id").GetString()!;
}
