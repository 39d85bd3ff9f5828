using System.Diagnostics;
using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>What the program does when someone sits at a terminal, which script(1) plays.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public TerminalTests() => _dedup.With("TERM", "xterm");

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void A_new_password_is_asked_for_twice()
    {
        _dedup.With("DEDUP_PASSWORD", null);
        Assert.Contains("the passwords differ", Type("init", "one", "two"), StringComparison.Ordinal);
        _dedup.Run("snapshots").FailsInOneLine(10);
        Assert.Contains("created repository", Type("init", DedupProgram.Password, DedupProgram.Password), StringComparison.Ordinal);
        Assert.Contains("0 snapshots", Type("snapshots", DedupProgram.Password), StringComparison.Ordinal);
        _dedup.With("DEDUP_PASSWORD", DedupProgram.Password).Run("snapshots").Succeeds();
    }

    [Fact]
    public void A_terminal_gets_progress_in_one_line_and_a_pipe_none()
    {
        _dedup.Write("source/file", "text");
        _dedup.MakeRepository();
        Assert.Matches(@"\r\[0:\d\d\] .*\d files, ", Type("backup source"));
        Assert.Matches(@"\r\[0:\d\d\] finding what snapshots need: \d+ directory pages", Type("prune"));
        Assert.DoesNotMatch(@"\[0:\d\d\]", Type("backup source -q"));
        Assert.DoesNotMatch(@"\[0:\d\d\]", Type("backup source --json"));
        Assert.DoesNotContain('\r', _dedup.Run("backup", "source").Succeeds().Output);
    }

    /// <summary>Runs a command on a terminal and types a line at each prompt.</summary>
    private string Type(string arguments, params string[] lines)
    {
        using Process process = _dedup.StartBy(["sh", "-c", $"exec script -qec \"$1 {arguments}\" /dev/null", "-"]);
        string shown = "";
        foreach (string line in lines)
        {
            while (!shown.EndsWith(": ", StringComparison.Ordinal))
            {
                int character = process.StandardOutput.Read();
                Assert.True(character >= 0, $"no prompt: {shown}");
                shown += (char)character;
            }

            process.StandardInput.Write(line + "\r");
            process.StandardInput.Flush();
            shown += "\n";
        }

        return shown + DedupProgram.Finish(process).Output;
    }
}
