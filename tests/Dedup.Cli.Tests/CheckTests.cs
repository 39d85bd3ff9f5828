using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class CheckTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public CheckTests()
    {
        _dedup.MakeRepository();
        byte[] content = new byte[100_000];
        for (int i = 0; i < 3; i++)
        {
            new Random(i).NextBytes(content);
            File.WriteAllBytes(_dedup.Write($"source/{i}", ""), content);
            _dedup.Run("backup", "source").Succeeds();
        }
    }

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void The_fixed_parts_together_read_every_pack_once()
    {
        long all = Check("--read-data").GetProperty("packs_read").GetInt64();
        Assert.True(all >= 6);
        Assert.Equal(all, Enumerable.Range(1, 4).Sum(number => Check("--read-data-subset", $"{number}/4").GetProperty("packs_read").GetInt64()));
    }

    [Fact]
    public void A_seed_is_printed_where_chance_decides_and_picks_the_same_again()
    {
        JsonElement first = Check("--read-data-subset", "150K");
        string seed = first.GetProperty("seed").GetInt32().ToString(CultureInfo.InvariantCulture);
        Assert.InRange(first.GetProperty("bytes_read").GetInt64(), 1, 150 << 10);
        JsonElement second = Check("--read-data-subset", "150K", "--seed", seed);
        Assert.Equal(first.GetProperty("bytes_read").GetInt64(), second.GetProperty("bytes_read").GetInt64());
        Assert.Contains($"--seed {seed}", _dedup.Run("check", "--read-data-subset", "150K", "--seed", seed).Succeeds().Output);
        Assert.False(Check("--read-data").TryGetProperty("seed", out _));
    }

    [Fact]
    public void What_was_read_lately_is_not_read_again_and_the_summary_says_what_is_due()
    {
        Assert.Contains("were not read and found whole on this machine ever", _dedup.Run("check").Succeeds().Output);
        JsonElement first = Check("--older-than", "30d");
        Assert.True(first.GetProperty("packs_read").GetInt64() >= 6);
        Assert.Equal(30, first.GetProperty("period_days").GetDouble());
        JsonElement second = Check("--older-than", "30d", "--read-data-subset", "10G");
        Assert.Equal(0, second.GetProperty("packs_read").GetInt64());
        Assert.Equal(0, second.GetProperty("unverified_bytes").GetInt64());
        Assert.InRange(second.GetProperty("oldest_verification_age_days").GetDouble(), 0, 1);

        // Deleting catalogues deletes what can be made anew, and no more.
        _dedup.Run("cache", "--cleanup").Succeeds();
        Assert.Equal(0, Check("--older-than", "30d").GetProperty("packs_read").GetInt64());
    }

    [Fact]
    public void A_finding_has_its_kind_and_where_it_was_found()
    {
        StoredObjects objects = _dedup.Objects();
        foreach (string pack in objects.Names("packs"))
        {
            objects.Delete(pack);
        }

        ProgramResult check = _dedup.Run("check", "--json");
        Assert.Equal(1, check.ExitCode);
        JsonElement[] findings = [.. check.ErrorLines.Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("message_type").GetString() == "error")];
        Assert.Contains(findings, finding => Text(finding, "kind") == "missing_pack" && Text(finding, "item").StartsWith("packs/", StringComparison.Ordinal));
        JsonElement blob = findings.First(finding => Text(finding, "kind") == "missing_blob");
        Assert.Equal(("/", 32), (Text(blob, "path"), Text(blob, "snapshot_id").Length));
        Assert.True(blob.GetProperty("is_damage").GetBoolean());
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private JsonElement Check(params string[] options) => _dedup.Run(["check", "--json", .. options]).Succeeds().LastJson;
}
