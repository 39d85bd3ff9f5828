using System.Diagnostics;
using System.Runtime.Versioning;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests;

[SupportedOSPlatform("linux")]
public sealed class DrillTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public DrillTests()
    {
        _dedup.Write("source/file", new string('x', 100_000));
        _dedup.MakeRepository();
        _dedup.Run("backup", "-q", "source").Succeeds();
        Directory.CreateDirectory(_dedup.Files["scratch"]);
    }

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void A_drill_that_was_killed_leaves_a_folder_that_the_next_one_removes()
    {
        string started = _dedup.Files["started"];
        ExternalTool.Require("/", "mkfifo", started);
        using (Process drill = _dedup.StartBy(["env"], "drill", "--scratch", "scratch", "--check", $"echo > {started}; read line < {started}"))
        {
            using (StreamReader waiting = new(started))
            {
                waiting.ReadLine();
            }

            Assert.Single(Directory.GetDirectories(_dedup.Files["scratch"]));
            drill.Kill(entireProcessTree: true);
            drill.WaitForExit();
        }

        string left = Assert.Single(Directory.GetDirectories(_dedup.Files["scratch"]));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(left));
        _dedup.Run("drill", "--scratch", "scratch", "--check", $"test ! -e {left}").Succeeds();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_dedup.Files["scratch"]));
    }

    [Fact]
    public void An_interrupted_drill_leaves_nothing()
    {
        string started = _dedup.Files["started"];
        ExternalTool.Require("/", "mkfifo", started);
        using Process drill = _dedup.StartBy(["env", "--default-signal"], "drill", "--scratch", "scratch", "--check", $"echo > {started}; read line < {started}");
        using (StreamReader waiting = new(started))
        {
            waiting.ReadLine();
        }

        ExternalTool.Require("/", "kill", "-INT", $"{drill.Id}");
        Assert.Equal(130, DedupProgram.Finish(drill).ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_dedup.Files["scratch"]));
    }

    [Fact]
    public void The_commands_see_no_password_and_a_sample_is_told_with_its_seed()
    {
        ProgramResult drill = _dedup.Run("drill", "--sample", "10%", "--seed", "7", "--check", "test -z \"$DEDUP_PASSWORD$PGPASSWORD\"", "--json").Succeeds();
        Assert.Equal((7, 1), (drill.LastJson.GetProperty("seed").GetInt64(), drill.LastJson.GetProperty("files_restored").GetInt64()));
        Assert.Contains("drawn with --seed ", _dedup.Run("drill", "--sample", "1K").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_is_backed_up_with_a_tag_and_drilled_by_it()
    {
        ExternalTool.Require(_dedup.Files.Path, "sqlite3", "app.db", "create table t (x); insert into t values (1)");
        _dedup.Run("backup", "-q", "--tag", "nightly", "--sqlite", "app.db").Succeeds();
        ProgramResult snapshots = _dedup.Run("snapshots", "--tag", "kind:sqlite", "--json");
        Assert.Equal(["nightly", "kind:sqlite"], snapshots.Json[0].GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Contains("integrity_check and foreign_key_check ran", _dedup.Run("drill").Succeeds().Output, StringComparison.Ordinal);
    }
}
