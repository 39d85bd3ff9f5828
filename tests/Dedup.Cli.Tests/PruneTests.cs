using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class PruneTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public PruneTests() => _dedup.MakeRepository();

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void What_no_snapshot_needs_goes_as_a_dry_run_said_and_the_rest_restores()
    {
        string first = BackUp(1, 20);
        BackUp(11, 30);
        long before = StoredBytes();
        JsonElement dry = _dedup.Run("forget", first, "--dry-run", "--prune", "--json").Succeeds().LastJson;
        Assert.True(dry.GetProperty("dry_run").GetBoolean());
        Assert.True(dry.GetProperty("bytes_freed").GetInt64() > 90_000);
        Assert.Equal(before, StoredBytes());

        ProgramResult run = _dedup.Run("forget", first, "--prune", "--json").Succeeds();
        Assert.Equal(first, JsonDocument.Parse(run.OutputLines[0]).RootElement[0].GetProperty("remove")[0].GetProperty("id").GetString());
        JsonElement summary = run.LastJson;
        Assert.False(summary.GetProperty("dry_run").GetBoolean());
        Assert.Equal(dry.GetProperty("bytes_freed").GetInt64(), summary.GetProperty("bytes_freed").GetInt64());
        Assert.Equal(before - summary.GetProperty("bytes_freed").GetInt64(), StoredBytes());
        Assert.Equal(dry.GetProperty("unused_bytes_left").GetInt64(), summary.GetProperty("unused_bytes_left").GetInt64());
        _dedup.Run("check", "--read-data").Succeeds();
        _dedup.Run("restore", "latest", "--target", "restored").Succeeds();
        Assert.Empty(TreeComparer.Differences(_dedup.Files["source"], _dedup.Files["restored"] + _dedup.Files["source"]));
    }

    [Fact]
    public void People_are_told_what_goes_and_what_is_rewritten_and_what_stays_unused()
    {
        string first = BackUp(1, 20);
        BackUp(11, 30);
        _dedup.Run("forget", first).Succeeds();
        string lazy = _dedup.Run("prune", "--max-unused", "unlimited", "--dry-run").Succeeds().Output;
        Assert.DoesNotContain("rewrite", lazy, StringComparison.Ordinal);
        Assert.DoesNotContain("Unused left: 0 B", lazy, StringComparison.Ordinal);

        // Of a store that is far away it is also told what the prune would ask of it.
        IReadOnlyList<string> plan = _dedup.Run("prune", "--max-unused", "0%", "-n").Succeeds().OutputLines;
        string planned = string.Concat(plan.Where(line => !line.StartsWith("the prune would take about ", StringComparison.Ordinal)).Select(line => line + "\n"));
        Assert.EndsWith("Unused left: 0 B\ndry run: nothing was changed\n", planned);

        string done = _dedup.Run("prune", "--max-unused", "0%").Succeeds().Output;
        Assert.Matches(@"(?m)^Packs: +\d+, \d+ KiB, of which \d+ KiB unused$", done);
        Assert.Matches(@"(?m)^Deleted: +\d+ packs, \d+ KiB$", done);
        Assert.Matches(@"(?m)^Rewritten: +\d of them, what is needed into \d new, \d+ KiB$", done);
        Assert.Matches(@"(?m)^Freed: +\d+ KiB$", done);
        Assert.Equal(planned.Replace("dry run: nothing was changed\n", "", StringComparison.Ordinal).Replace("To delete:  ", "Deleted:    ", StringComparison.Ordinal)
            .Replace("To rewrite: ", "Rewritten:  ", StringComparison.Ordinal).Replace("To free:    ", "Freed:      ", StringComparison.Ordinal), done);
        Assert.Empty(_dedup.Run("prune", "-q").Succeeds().Output);
    }

    [Fault(58)]
    [Fact]
    public void More_than_half_goes_only_when_that_is_meant_and_a_dry_run_says_so()
    {
        string first = BackUp(1, 20);
        BackUp(31, 32);
        _dedup.Run("forget", first).Succeeds();
        long before = StoredBytes();
        Assert.Contains("takes --allow-large-deletion\n", _dedup.Run("prune", "--dry-run").Succeeds().Output, StringComparison.Ordinal);
        _dedup.Run("prune").FailsInOneLine(1, "more than half", "--allow-large-deletion");
        Assert.Equal(before, StoredBytes());
        _dedup.Run("prune", "--allow-large-deletion", "--exclusive").Succeeds();
        Assert.True(StoredBytes() < before / 2);
    }

    [Fact]
    public void A_backup_under_way_is_waited_for_as_told_and_the_next_prune_completes_the_deletion()
    {
        string first = BackUp(1, 20);
        BackUp(11, 30);
        long before = StoredBytes();

        // Slow by the highest level of compression: far from done when it is halted at the first line of progress.
        Random random = new(20260103);
        _dedup.Write("slow/file", string.Concat(Enumerable.Range(0, 2 << 20).Select(_ => random.Next(10_000_000).ToString("d8", CultureInfo.InvariantCulture))));
        using (Process backup = _dedup.StartBy(["env"], "backup", "slow", "--json", "--compression", "zstd:19"))
        {
            Assert.Contains("status", backup.StandardOutput.ReadLine(), StringComparison.Ordinal);
            ExternalTool.Require("/", "kill", "-STOP", $"{backup.Id}");
            ProgramResult run = _dedup.Run("forget", first, "--prune", "--wait", "0s").Succeeds();
            Assert.Matches(@"\n1 backup \([0-9a-f]{8}\) is still under way: the next prune completes the deletion\n$", run.Output);
            Assert.DoesNotMatch("(?m)^(Deleted|Freed|Unused left):", run.Output);
            JsonElement json = _dedup.Run("prune", "--wait", "0s", "--json").Succeeds().LastJson;
            Assert.Equal(1, json.GetProperty("sessions_awaited").GetArrayLength());
            Assert.Equal(0, json.GetProperty("packs_deleted").GetInt64());
            Assert.False(json.TryGetProperty("unused_bytes_left", out _));
            ExternalTool.Require("/", "kill", "-KILL", $"{backup.Id}");
            DedupProgram.Finish(backup);
        }

        ProgramResult last = _dedup.Run("prune", "--max-unused", "0%").Succeeds();
        Assert.Matches(@"\nended 1 backup \([0-9a-f]{8}\), dead or begun too long ago\n$", last.Output);
        Assert.True(StoredBytes() < before);
        _dedup.Run("check", "--read-data").Succeeds();
    }

    [Fact]
    public void A_backup_begun_longer_ago_than_the_timeout_is_ended_and_starts_over()
    {
        string first = BackUp(1, 20);
        BackUp(11, 30);
        Random random = new(20260104);
        _dedup.Write("slow/file", string.Concat(Enumerable.Range(0, 1 << 20).Select(_ => random.Next(10_000_000).ToString("d8", CultureInfo.InvariantCulture))));
        using Process backup = _dedup.StartBy(["env"], "backup", "slow", "--json", "--compression", "zstd:12");
        Assert.Contains("status", backup.StandardOutput.ReadLine(), StringComparison.Ordinal);
        ExternalTool.Require("/", "kill", "-STOP", $"{backup.Id}");
        JsonElement json = _dedup.Run("forget", first, "--prune", "--session-timeout", "0s", "--wait", "0s", "--json").Succeeds().LastJson;
        Assert.Equal(1, json.GetProperty("sessions_ended").GetArrayLength());
        Assert.Equal(0, json.GetProperty("sessions_awaited").GetArrayLength());
        ExternalTool.Require("/", "kill", "-CONT", $"{backup.Id}");
        Assert.Equal(0, DedupProgram.Finish(backup).ExitCode);
        _dedup.Run("check", "--read-data").Succeeds();
        _dedup.Run("restore", "latest", "--target", "restored").Succeeds();
        Assert.Empty(TreeComparer.Differences(_dedup.Files["slow"], _dedup.Files["restored"] + _dedup.Files["slow"]));
    }

    /// <summary>Makes a snapshot of nothing but one file a seed, which cannot be compressed. So many that every pack of two snapshots holds some of both.</summary>
    private string BackUp(int firstSeed, int lastSeed)
    {
        string folder = _dedup.Files["source"];
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(folder))
        {
            File.Delete(file);
        }

        byte[] content = new byte[20_000];
        for (int seed = firstSeed; seed <= lastSeed; seed++)
        {
            new Random(seed).NextBytes(content);
            File.WriteAllBytes(Path.Combine(folder, $"{seed}"), content);
        }

        return _dedup.Run("backup", "source", "--json").Succeeds().LastJson.GetProperty("snapshot_id").GetString()!;
    }

    private long StoredBytes() => _dedup.Objects().Measure("packs");
}
