using System.Diagnostics;
using System.Text.Json;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>Whichever command is interrupted, and by whichever signal: it ends with 130 and one line, the repository is whole, and the next run does the work.</summary>
public sealed class InterruptionTests : IDisposable
{
    /// <summary>KiB/s: what each of these commands moves would take minutes.</summary>
    private const string Slow = "16";

    // Whoever runs the tests in the background has its children ignore SIGINT.
    private static readonly string[] Interruptible = ["env", "--default-signal"];

    private readonly DedupProgram _dedup = new();

    public InterruptionTests()
    {
        _dedup.MakeRepository();
        WriteNoise("source/stays");
        WriteNoise("source/goes");
    }

    public void Dispose() => _dedup.Dispose();

    [Theory]
    [InlineData("backup", "HUP")]
    [InlineData("backup", "INT")]
    public void A_backup_leaves_nothing_that_a_prune_waits_for(string command, string signal)
    {
        InterruptAtFirst("status", signal, command, "source", "--limit-upload", Slow);
        Assert.Equal(0, _dedup.Run("snapshots", "--json").Succeeds().Json.GetArrayLength());
        JsonElement prune = _dedup.Run("prune", "--json").Succeeds().LastJson;
        Assert.Equal((0, 0), (prune.GetProperty("sessions_awaited").GetArrayLength(), prune.GetProperty("sessions_ended").GetArrayLength()));
        AssertWhole();
        BackUp();
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void A_restore_is_made_whole_by_the_next(string signal)
    {
        BackUp();
        InterruptAtFirst("status", signal, "restore", "latest", "--target", "restored", "--limit-download", Slow);
        AssertWhole();
        _dedup.Run("restore", "latest", "--target", "restored").Succeeds();
        Assert.Empty(TreeComparer.Differences(_dedup.Files["source"], _dedup.Files["restored"] + _dedup.Files["source"]));
    }

    [Fact]
    public void A_check_tells_nothing_of_what_it_did_not_read()
    {
        BackUp();
        ProgramResult interrupted = InterruptAtFirst("status", "INT", "check", "--read-data", "--limit-download", Slow);
        Assert.DoesNotContain("summary", interrupted.Output, StringComparison.Ordinal);
        AssertWhole();
    }

    [Theory]
    [InlineData("INT", false)]
    [InlineData("TERM", true)]
    public async Task A_prune_is_completed_by_the_next(string signal, bool isWriting)
    {
        BackUp();
        File.Delete(_dedup.Files["source/goes"]);
        BackUp();
        _dedup.Run("forget", "--keep-last", "1", "--group-by", "").Succeeds();
        if (isWriting)
        {
            await InterruptWhenMadeAsync("tmp/upload_", signal, "prune", "--max-unused", "0%", "--limit-download", "256", "--limit-upload", "256");
        }
        else
        {
            InterruptAtFirst("status", signal, "prune", "--max-unused", "0%", "--limit-download", Slow);
        }

        AssertWhole();
        _dedup.Run("prune", "--max-unused", "0%").Succeeds();
        AssertWhole();
        Assert.Equal(0, _dedup.Run("prune", "--json").Succeeds().LastJson.GetProperty("unused_bytes").GetInt64());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_forget_has_forgotten_some_and_kept_the_others(string signal)
    {
        const int Snapshots = 4;
        File.Delete(_dedup.Files["source/goes"]);
        for (int i = 0; i < Snapshots; i++)
        {
            BackUp();
        }

        // Each record of a forgotten snapshot holds the rule: at 1 KiB/s it takes seconds.
        string[] forget = ["forget", "--keep-tag", new string('x', 3900), "--unsafe-allow-remove-all"];
        await InterruptWhenMadeAsync("forgotten", signal, [.. forget, "--limit-upload", "1"]);
        int left = _dedup.Run("snapshots", "--json").Succeeds().Json.GetArrayLength();
        Assert.InRange(left, 1, Snapshots);
        Assert.Equal(Snapshots - left, _dedup.Run("snapshots", "--forgotten", "--json").Succeeds().Json.GetArrayLength());
        AssertWhole();
        _dedup.Run([.. forget]).Succeeds();
        Assert.Equal(0, _dedup.Run("snapshots", "--json").Succeeds().Json.GetArrayLength());
    }

    [Fact]
    public void A_copy_leaves_nothing_that_a_prune_waits_for_and_goes_on_in_the_next()
    {
        BackUp();
        string other = _dedup.Files["other"];
        _dedup.Run("init", "-r", other).Succeeds();
        _dedup.With("DEDUP_TO_PASSWORD", DedupProgram.Password);
        InterruptAtFirst("status", "HUP", "copy", "--to", other, "--limit-download", "512");
        Assert.Equal(0, _dedup.Run("prune", "-r", other, "--json").Succeeds().LastJson.GetProperty("sessions_awaited").GetArrayLength());
        AssertWhole();
        AssertWhole(other);
        _dedup.Run("copy", "--to", other).Succeeds();
        Assert.Equal(1, _dedup.Run("snapshots", "-r", other, "--json").Succeeds().Json.GetArrayLength());
        AssertWhole(other);
    }

    [Fact]
    public void A_replica_is_whole_at_every_moment()
    {
        BackUp();
        string replica = _dedup.Files["replica"];
        InterruptAtFirst("status", "TERM", "replicate", "--to", replica, "--limit-download", Slow);
        _dedup.Run("replicate", "--to", replica).Succeeds();
        AssertWhole(replica);
        Assert.Equal(1, _dedup.Run("snapshots", "-r", replica, "--json").Succeeds().Json.GetArrayLength());
    }

    [Fact]
    public void A_password_command_that_hangs_is_ended_too()
    {
        string begun = _dedup.Files["begun"], never = _dedup.Files["never"];
        ExternalTool.Require("/", "mkfifo", begun, never);
        using Process process = _dedup.StartBy(Interruptible, "snapshots", "--json", "--password-command", $"echo $$ > '{begun}'; cat '{never}'; true");
        int command = int.Parse(ExternalTool.Require("/", "cat", begun), null);
        AssertInterrupted(Interrupt(process, "TERM"));
        Assert.False(Directory.Exists($"/proc/{command}") && File.ReadAllText($"/proc/{command}/cmdline").Length > 0);
    }

    [Fact]
    public void The_second_signal_ends_what_the_first_cannot()
    {
        // More than a pipe holds, which nobody reads.
        BackUp();
        using Process process = _dedup.StartBy(Interruptible, "dump", "latest", _dedup.Files["source/stays"], "--json");
        Assert.True(process.StandardOutput.Read() >= 0);
        ExternalTool.Require("/", "kill", "-TERM", $"{process.Id}");
        ExternalTool.Require("/", "kill", "-INT", $"{process.Id}");
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("\"code\":130", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        AssertWhole();
    }

    private static ProgramResult Interrupt(Process process, string signal)
    {
        ExternalTool.Require("/", "kill", $"-{signal}", $"{process.Id}");
        return DedupProgram.Finish(process);
    }

    private static void AssertInterrupted(ProgramResult result)
    {
        Assert.True(result.ExitCode == 130, $"exit code {result.ExitCode}: {result.Error}{result.Output}");
        JsonElement error = JsonDocument.Parse(Assert.Single(result.ErrorLines)).RootElement;
        Assert.Equal(("exit_error", 130), (error.GetProperty("message_type").GetString(), error.GetProperty("code").GetInt32()));
    }

    /// <summary>Runs a command until it prints a line with a word, and sends it a signal then.</summary>
    private ProgramResult InterruptAtFirst(string word, string signal, params string[] arguments)
    {
        using Process process = _dedup.StartBy(Interruptible, [.. arguments, "--json"]);
        string? line;
        do
        {
            line = process.StandardOutput.ReadLine();
            Assert.True(line is not null, $"ended before '{word}'");
        }
        while (!line.Contains($"\"{word}\"", StringComparison.Ordinal));

        ProgramResult result = Interrupt(process, signal);
        AssertInterrupted(result);
        return result;
    }

    /// <summary>Runs a command until something of the repository is made whose name begins so, and sends it a signal then.</summary>
    private async Task InterruptWhenMadeAsync(string prefix, string signal, params string[] arguments)
    {
        TaskCompletionSource made = new();
        using FileSystemWatcher watcher = new(_dedup.Location) { IncludeSubdirectories = true };
        watcher.Created += (_, change) =>
        {
            if (change.Name!.StartsWith(prefix, StringComparison.Ordinal))
            {
                made.TrySetResult();
            }
        };
        watcher.EnableRaisingEvents = true;
        using Process process = _dedup.StartBy(Interruptible, [.. arguments, "--json"]);
        await Task.WhenAny(made.Task, process.WaitForExitAsync());
        Assert.True(made.Task.IsCompleted, $"ended before it made {prefix}");
        AssertInterrupted(Interrupt(process, signal));
    }

    private void BackUp() => _dedup.Run("backup", "source", "-q", "--force").Succeeds();

    private void AssertWhole(string? repository = null)
    {
        ProgramResult check = _dedup.Run("check", "--read-data", "-q", "-r", repository ?? _dedup.Location);
        Assert.True(check.ExitCode == 0, check.Error + check.Output);
        Assert.Empty(Directory.GetFiles(Path.Combine(repository ?? _dedup.Location, "tmp")));
    }

    private void WriteNoise(string name)
    {
        byte[] noise = new byte[4 << 20];
        new Random(name.Length).NextBytes(noise);
        _dedup.Write(name, "");
        File.WriteAllBytes(_dedup.Files[name], noise);
    }
}
