using System.Text.Json;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests.Policies;

/// <summary>What <c>dedup schedule</c> writes, with tools of the system that write down how they were called.</summary>
public sealed class ScheduleTests : IDisposable
{
    private const string Others = "MAILTO=root\n17 3 * * * /usr/local/bin/other # Written by 'dedup schedule install' for /etc/other.yaml\n";

    private readonly DedupProgram _dedup = new();

    public ScheduleTests()
    {
        Tool("systemctl", $"echo \"$*\" >> {_dedup.Files["calls"]}");

        // As Debian's does: exit code 1 where there is none.
        Tool("crontab", $"f={_dedup.Files["crontab"]}; case $1 in -l) cat $f 2>/dev/null || {{ echo 'no crontab for tester' >&2; exit 1; }};; -) cat > $f;; esac");
        _dedup.With("PATH", $"{_dedup.Files["bin"]}:{Environment.GetEnvironmentVariable("PATH")}").With("XDG_CONFIG_HOME", _dedup.Files["config"]);
        WritePolicy("dedup.yaml", "daily at 02:00");
    }

    public void Dispose() => _dedup.Dispose();

    [Theory]
    [InlineData("dedup.yaml")]
    [InlineData("a policy's 100% \"own\" $name\\.yaml")]
    public void What_is_written_for_systemd_is_what_systemd_understands(string name)
    {
        WritePolicy(name, "daily at 02:00");
        _dedup.Run("schedule", "install", "--user", name).Succeeds();
        string[] units = Directory.GetFiles(Units);
        Assert.Equal([".service", ".timer"], units.Select(Path.GetExtension).Order(StringComparer.Ordinal));
        (int exitCode, string output, string errors) = ExternalTool.Run("/", "env", [$"XDG_RUNTIME_DIR={_dedup.Files.Path}", "systemd-analyze", "verify", "--user", .. units]);
        Assert.True(exitCode == 0 && errors.Length == 0, output + errors);

        // The command, as a shell would run it, is the policy's.
        string command = File.ReadAllLines(units.Single(static unit => unit.EndsWith(".service", StringComparison.Ordinal))).Single(static line => line.StartsWith("ExecStart=", StringComparison.Ordinal));
        Assert.EndsWith($" \"run\" \"--quiet\" \"{_dedup.Files[name].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal)}\"", command);
    }

    [Fact]
    public void Installing_for_systemd_again_changes_nothing_and_removing_takes_all_away()
    {
        Directory.CreateDirectory(Units);
        File.WriteAllText(Path.Combine(Units, "other.timer"), "other");
        Assert.StartsWith("systemd now runs what is due by ", _dedup.Run("schedule", "install", "--user").Succeeds().Output);
        Dictionary<string, string> installed = Read();
        Assert.StartsWith("systemd runs what is due by ", _dedup.Run("schedule", "install", "--user").Succeeds().Output);
        Assert.Equal(installed, Read());
        Assert.Equal(["dedup.service", "dedup.timer", "other.timer"], installed.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(installed["dedup.timer"], Text(_dedup.Run("schedule", "show", "--user", "--json").Succeeds().Json, ".timer"));
        Assert.Contains("OnCalendar=*:0/5\n", installed["dedup.timer"]);

        // An older one is brought up to date.
        WritePolicy("dedup.yaml", "'* * * * *'");
        _dedup.Run("schedule", "install", "--user").Succeeds();
        Assert.Contains("OnCalendar=*:0/1\n", Read()["dedup.timer"]);
        _dedup.Run("schedule", "remove", "--user").Succeeds();
        Assert.Equal("other.timer", Assert.Single(Read()).Key);
        Assert.Equal(["--user disable --now dedup.timer", "--user daemon-reload"], File.ReadAllLines(_dedup.Files["calls"])[^2..]);
        int calls = File.ReadAllLines(_dedup.Files["calls"]).Length;
        Assert.StartsWith("systemd has nothing of ", _dedup.Run("schedule", "remove", "--user").Succeeds().Output);
        Assert.Equal(calls, File.ReadAllLines(_dedup.Files["calls"]).Length);
        _dedup.Run("schedule", "show", "--user").FailsInOneLine(1, "schedule install");
    }

    [Fact]
    public void Units_of_others_are_left_alone()
    {
        Directory.CreateDirectory(Units);
        File.WriteAllText(Path.Combine(Units, "dedup.timer"), "[Timer]\n");
        foreach (string verb in (string[])["install", "remove", "show"])
        {
            _dedup.Run("schedule", verb, "--user").FailsInOneLine(1, "dedup.timer", "--name");
        }

        Assert.Equal("[Timer]\n", Assert.Single(Read()).Value);
        _dedup.Run("schedule", "install", "--user", "--name", "mine").Succeeds();
        Assert.Equal(["dedup-mine.service", "dedup-mine.timer", "dedup.timer"], Read().Keys.Order(StringComparer.Ordinal));
        WritePolicy("elsewhere/mine.yaml", "daily at 02:00");
        _dedup.Run("schedule", "install", "--user", "elsewhere/mine.yaml").FailsInOneLine(1, "not written for this policy", "--name");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Others)]
    [InlineData("@daily no-line-end")]
    public void Other_entries_of_cron_are_left_as_they_are(string? before)
    {
        string table = _dedup.Files["crontab"];
        if (before is not null)
        {
            File.WriteAllText(table, before);
        }

        _dedup.Run("schedule", "install", "--cron").Succeeds();
        string installed = File.ReadAllText(table);
        Assert.StartsWith(before ?? "", installed);
        Assert.Equal(1, installed.Split('\n').Count(static line => line.StartsWith("*/5 * * * * '", StringComparison.Ordinal)));
        _dedup.Run("schedule", "install", "--cron").Succeeds();
        Assert.Equal(installed, File.ReadAllText(table));
        WritePolicy("second.yaml", "daily at 02:00");
        _dedup.Run("schedule", "install", "--cron", "second.yaml").Succeeds();
        _dedup.Run("schedule", "remove", "--cron").Succeeds();
        _dedup.Run("schedule", "remove", "--cron", "second.yaml").Succeeds();
        Assert.Equal((before ?? "").TrimEnd('\n'), File.ReadAllText(table).TrimEnd('\n'));
    }

    [Fact]
    public void The_line_of_cron_runs_the_policy_whatever_it_is_called()
    {
        const string Name = "a policy's 100% \"own\" $name\\.yaml";
        WritePolicy(Name, "daily at 02:00");
        string entry = Text(_dedup.Run("schedule", "install", "--cron", "--print", "--json", Name).Succeeds().Json, "crontab");
        string line = entry.Split('\n')[1]["*/5 * * * * ".Length..];

        // cron makes '%' of '\%', and gives the rest to the shell.
        string[] words = ExternalTool.Require("/", "sh", "-c", $"set -- {line.Replace("\\%", "%", StringComparison.Ordinal)}; printf '%s\\n' \"$@\"").TrimEnd('\n').Split('\n');
        Assert.Equal(["run", "--quiet", _dedup.Files[Name]], words[^3..]);
        Assert.True(File.Exists(words[0]));
    }

    [Fact]
    public void Printing_writes_nothing()
    {
        Assert.Contains("# /etc/systemd/system/dedup.timer\n", _dedup.Run("schedule", "install", "--system", "--print").Succeeds().Output);
        _dedup.Run("schedule", "install", "--cron", "--print").Succeeds();
        _dedup.Run("schedule", "install", "--user", "--print").Succeeds();
        Assert.False(File.Exists(_dedup.Files["calls"]) || File.Exists(_dedup.Files["crontab"]) || Directory.Exists(Units));
    }

    [Fact]
    public void A_tool_that_fails_is_told_of()
    {
        Tool("systemctl", "echo 'Failed to connect to bus' >&2; exit 1");
        _dedup.Run("schedule", "install", "--user").FailsInOneLine(1, "systemctl --user daemon-reload", "Failed to connect to bus", "--print");
        Tool("crontab", "echo 'you are not allowed to use this program' >&2; exit 1");
        _dedup.Run("schedule", "install", "--cron").FailsInOneLine(1, "crontab -l", "not allowed", "--print");
    }

    [Theory]
    [InlineData("--cron and --systemd", "--cron", "--systemd")]
    [InlineData("--user and --system", "--user", "--system")]
    [InlineData("crontab of who asks", "--cron", "--user")]
    [InlineData("--name a/b", "--name", "a/b")]
    public void Options_that_exclude_each_other_are_told(string word, params string[] options) => _dedup.Run(["schedule", "install", .. options]).FailsInOneLine(2, word);

    private string Units => _dedup.Files["config/systemd/user"];

    private static string Text(JsonElement document, string file) =>
        document.GetProperty("files").EnumerateArray().Single(entry => entry.GetProperty("path").GetString()!.EndsWith(file, StringComparison.Ordinal)).GetProperty("text").GetString()!;

    private Dictionary<string, string> Read() => Directory.GetFiles(Units).ToDictionary(static file => Path.GetFileName(file), File.ReadAllText);

    private void WritePolicy(string name, string schedule) => _dedup.Write(
        name, $"repositories: {{main: {{place: /srv/backup, password: {{file: /etc/dedup/password}}}}}}\nsources: {{documents: {{paths: /srv/documents, schedule: {schedule}}}}}\n");

    private void Tool(string name, string script)
    {
        string path = _dedup.Write("bin/" + name, $"#!/bin/sh\n{script}\n");
        ExternalTool.Require("/", "chmod", "700", path);
    }
}
