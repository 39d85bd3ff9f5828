using System.Diagnostics;
using System.Globalization;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Sessions;

/// <summary>A prune ends the session of a process at once when it knows that it has ended, and must not think so of one that runs.</summary>
public sealed class RunningProcessTests
{
    [Fact]
    public void This_process_runs_and_says_who_it_is()
    {
        ProcessIdentity self = RunningProcess.Current;
        Assert.Equal(Environment.ProcessId, self.Id);
        Assert.True(self.StartTicks > 0);
        Assert.Matches("^[-0-9a-f]{36} pid:\\[[0-9]+\\]$", self.Machine);
        Assert.False(RunningProcess.IsKnownDead(self));
    }

    [Fact]
    public void A_process_is_known_dead_once_it_has_ended_and_not_before()
    {
        // The name stands in parentheses among the fields that are read: one with parentheses and blanks of its own must not confuse them.
        using ScratchDirectory folder = new();
        string named = folder["a) S (1 2"];
        File.CreateSymbolicLink(named, "/bin/sh");
        using Process process = Process.Start(new ProcessStartInfo(named, ["-c", "echo ready; read line"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        ProcessIdentity child = new(RunningProcess.Current.Machine, process.Id, ReadStartTicks(process.Id));
        Assert.False(RunningProcess.IsKnownDead(child));
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(RunningProcess.IsKnownDead(child));
    }

    [Fact]
    public void A_process_whose_id_another_one_has_now_is_known_dead() =>
        Assert.True(RunningProcess.IsKnownDead(RunningProcess.Current with { StartTicks = RunningProcess.Current.StartTicks - 1 }));

    [Theory]
    [InlineData("another machine")]
    [InlineData("")]
    public void Of_another_machine_nothing_is_known(string machine) =>
        Assert.False(RunningProcess.IsKnownDead(new ProcessIdentity(machine, int.MaxValue, 1)));

    /// <summary>The 22nd of the 52 fields, counted from the end (man 5 proc).</summary>
    private static long ReadStartTicks(int process) =>
        long.Parse(File.ReadAllText($"/proc/{process}/stat").Trim().Split(' ')[^31], CultureInfo.InvariantCulture);
}
