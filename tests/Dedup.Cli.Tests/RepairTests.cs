using System.Text.Json;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class RepairTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public void Dispose() => _dedup.Dispose();

    [Theory]
    [InlineData("packs", "9f3c")]
    [InlineData("packs", "snapshots/00")]
    [InlineData("packs", "--from", "")]
    [InlineData("index", "surplus")]
    public void Bad_usage_is_one_clear_line(params string[] arguments)
    {
        ProgramResult result = _dedup.Run(["repair", .. arguments]);
        Assert.True(result.ExitCode is 2 or 10, result.Error);
        Assert.Single(result.ErrorLines);
    }

    [Fact]
    public void A_prune_that_stops_at_a_damaged_record_goes_on_after_the_repair()
    {
        _dedup.Write("source/file", "text");
        _dedup.MakeRepository();
        _dedup.Run("backup", "source").Succeeds();
        _dedup.Objects().Put("gc/0000000000000001.mark", "no record"u8.ToArray());
        _dedup.Run("prune", "-q").FailsInOneLine(1, "gc/0000000000000001.mark", "repair prunes");
        ProgramResult repair = _dedup.Run("repair", "prunes");
        Assert.Equal((0, 1), (repair.ExitCode, repair.ErrorLines.Count));
        Assert.Equal("1 prunes, 1 records written", Assert.Single(repair.OutputLines));
        _dedup.Run("prune", "-q").Succeeds();
        Assert.Equal(0, _dedup.Run("repair", "prunes", "--json").Succeeds().LastJson.GetProperty("records_written").GetInt64());
    }

    [Fact]
    public void What_is_damaged_is_saved_healed_and_repaired_as_far_as_it_goes()
    {
        _dedup.Write("source/first.txt", "first\n");
        byte[] content = new byte[100_000];
        new Random(7).NextBytes(content);
        File.WriteAllBytes(_dedup.Files["source/second.bin"], content);
        _dedup.MakeRepository();
        string first = _dedup.Run("backup", "source", "--jobs", "1", "--json").Succeeds().LastJson.GetProperty("snapshot_id").GetString()!;
        StoredObjects objects = _dedup.Objects();
        objects.CopyTo(_dedup.Objects("copy"));
        string damaged = objects.Longest("packs");
        objects.Delete(Assert.Single(objects.Names("index")));
        objects.Flip(damaged, 50_000);

        // One thread fills one pack of data: both files lie in it, and the damage is in one of them.
        int packCount = objects.Names("packs").Count;
        Assert.Equal(packCount, Repair("index", "--dry-run").GetProperty("packs_listed").GetInt64());
        Assert.Empty(objects.Names("index"));
        Assert.Equal(packCount, Repair("index").GetProperty("packs_listed").GetInt64());
        Assert.Single(objects.Names("index"));

        ProgramResult packs = _dedup.Run("repair", "packs", damaged, "--json");
        Assert.Equal(1, packs.ExitCode);
        Assert.Equal((1, 1, 1), (Number(packs, "packs_damaged"), Number(packs, "blobs_salvaged"), Number(packs, "blobs_lost")));
        Assert.Contains(packs.ErrorLines, line => Text(line, "kind") == "lost_blob" && Text(line, "item") == damaged && Text(line, "during") == "repair");

        // This machine remembers which pack is damaged, so that nothing else need be read.
        ProgramResult snapshots = _dedup.Run("repair", "snapshots");
        Assert.True(snapshots.ExitCode == 0, snapshots.Error);
        Assert.Contains("1 files and 0 directories lack something", snapshots.Output);
        Assert.Contains(snapshots.ErrorLines, line => line.Contains("second.bin", StringComparison.Ordinal));
        ProgramResult restore = _dedup.Run("restore", "latest", "--target", "out");
        Assert.Equal(0, restore.ExitCode);
        Assert.Contains("second.bin", Assert.Single(restore.ErrorLines));
        Assert.Equal(new byte[content.Length], File.ReadAllBytes(_dedup.Files["out"] + _dedup.Files["source/second.bin"]));
        Assert.Contains(_dedup.Run("ls", "latest", "--recursive", "--json").Succeeds().OutputLines, line => line.Contains("\"damaged\":true", StringComparison.Ordinal));

        Assert.Equal(1, Repair("packs", "--from", _dedup.Locate("copy")).GetProperty("blobs_healed").GetInt64());
        Assert.Empty(Repair("snapshots", "--read-data").GetProperty("repaired").EnumerateArray());

        // The damaged pack is of no use any more: the first snapshot restores without it.
        objects.Delete(damaged);
        _dedup.Run("restore", first, "--target", "whole").Succeeds();
        Assert.Equal(content, File.ReadAllBytes(_dedup.Files["whole"] + _dedup.Files["source/second.bin"]));
    }

    [Fact]
    public void Another_repository_is_no_copy()
    {
        _dedup.MakeRepository();
        _dedup.Run("init", "--repo", _dedup.Locate("other")).Succeeds();
        _dedup.Run("repair", "packs", "--from", _dedup.Locate("other")).FailsInOneLine(1, "other", "another repository");
        _dedup.Run("repair", "packs", "--from", _dedup.Locate("nowhere")).FailsInOneLine(10, "nowhere", "--from");
    }

    private static long Number(ProgramResult result, string name) => result.LastJson.GetProperty(name).GetInt64();

    private static string Text(string line, string name) => JsonDocument.Parse(line).RootElement.GetProperty(name).GetString()!;

    /// <summary>Runs a repair, whose messages are not looked at.</summary>
    private JsonElement Repair(params string[] arguments)
    {
        ProgramResult result = _dedup.Run(["repair", .. arguments, "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.LastJson;
    }
}
