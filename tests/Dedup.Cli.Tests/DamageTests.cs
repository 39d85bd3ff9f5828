using System.Text.Json;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class DamageTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void Damage_is_found_by_check_and_costs_a_restore_only_what_is_damaged()
    {
        _dedup.Write("source/first.txt", "first\n");
        _dedup.MakeRepository();
        _dedup.Run("backup", "source").Succeeds();
        StoredObjects objects = _dedup.Objects();
        IReadOnlyList<string> before = objects.Names("packs");
        // Incompressible, and alone in a pack of data of its own.
        byte[] content = new byte[100_000];
        new Random(7).NextBytes(content);
        File.WriteAllBytes(_dedup.Files["source/second.bin"], content);
        _dedup.Run("backup", "source").Succeeds();
        _dedup.Run("check").Succeeds();

        string damaged = objects.Longest("packs");
        Assert.DoesNotContain(damaged, before);
        objects.Flip(damaged, 50_000);
        ProgramResult check = _dedup.Run("check", "--read-data");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains(check.ErrorLines, line => line.StartsWith("error: ", StringComparison.Ordinal) && line.Contains(damaged, StringComparison.Ordinal));
        ProgramResult json = _dedup.Run("check", "--read-data", "--json");
        Assert.Equal(1, json.ExitCode);
        Assert.True(json.LastJson.GetProperty("num_errors").GetInt64() > 0);
        Assert.All(json.ErrorLines, line => Assert.Equal("check", JsonDocument.Parse(line).RootElement.GetProperty("during").GetString()));

        ProgramResult restore = _dedup.Run("restore", "latest", "--target", "out");
        Assert.Equal(1, restore.ExitCode);
        Assert.Contains(restore.ErrorLines, line => line.StartsWith("error: ", StringComparison.Ordinal) && line.Contains("second.bin", StringComparison.Ordinal));
        Assert.Equal("first\n", File.ReadAllText(_dedup.Files["out"] + _dedup.Files["source/first.txt"]));
        _dedup.Run("dump", "latest", _dedup.Files["source/second.bin"]).FailsInOneLine(1, "second.bin");

        // An archive that lacks something must not be taken for a whole one.
        string folder = _dedup.Files.Make("target");
        foreach (string name in (string[])["x.tar", "x.tar.zst", "x.zip"])
        {
            _dedup.Run("export", "latest", $"{folder}/{name}").FailsInOneLine(1, "second.bin");
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }
}
