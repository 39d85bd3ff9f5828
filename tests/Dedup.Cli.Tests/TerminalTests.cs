using System.Diagnostics;
using Dedup.TestSupport;
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

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public void Progress_fits_the_terminal(int columns)
    {
        _dedup.Write("source/a-folder-with-a-name/a-file-with-a-name-that-is-longer-than-a-narrow-terminal", "text");
        _dedup.MakeRepository();
        string script = _dedup.Write("script", $"stty cols {columns}; \"$1\" backup source --host a-host-with-a-name; \"$1\" snapshots\n");
        using Process terminal = _dedup.StartBy(["sh", "-c", $"exec script -qec \"sh '{script}' $1\" /dev/null", "-"]);
        string shown = DedupProgram.Finish(terminal).Output;
        Assert.Contains("1 snapshot", shown, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\x1b\[[0-9;]*m", shown);

        // A line that fills the terminal to the last column would break. Tables are looked at where nothing else is shown.
        Assert.All(shown.Split('\n', '\r').Where(line => line.StartsWith('[')), line => Assert.InRange(line.Length, 1, columns - 1));
    }

    [Fact]
    public void A_recovery_code_is_typed_in_any_way_and_a_mistake_in_it_is_told_of_before_it_is_tried()
    {
        _dedup.Run("init").Succeeds();
        string code = _dedup.Run("key", "add", "--recovery", "-q").Succeeds().OutputLines[0];
        Assert.Contains("opens key", Type("key test --recovery", code.ToLowerInvariant().Replace('-', ' ').Replace('0', 'o')), StringComparison.Ordinal);
        Assert.Contains("mistake in group 7", Type("key test --recovery", code[..^1] + (code[^1] == 'A' ? 'B' : 'A')), StringComparison.Ordinal);
        _dedup.With("DEDUP_PASSWORD", null);
        Assert.Contains("0 snapshots", Type("snapshots", code.Replace("-", "", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void Interrupted_at_a_prompt_the_terminal_is_left_as_it_was(string signal)
    {
        _dedup.MakeRepository();
        _dedup.With("DEDUP_PASSWORD", null);
        using Process terminal = OnTerminal("snapshots");
        string shown = ReadUntil(terminal, "password for ");
        if (signal == "INT")
        {
            // Typed: the terminal turns it into a signal to all that run on it.
            Write(terminal, "half a passw\u0003");
        }
        else
        {
            ExternalTool.Require("/", "kill", $"-{signal}", ReadProgramId());
        }

        shown += FinishOnTerminal(terminal);
        Assert.True(shown.Contains("\ndedup: interrupted", StringComparison.Ordinal) && shown.Contains("exit code 130", StringComparison.Ordinal), shown);
        Assert.Matches(@"(?m)^(.* )?echo ", shown);
        Assert.DoesNotContain("half", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Interrupted_at_work_the_line_of_progress_is_gone_and_what_is_left_is_said_below()
    {
        byte[] noise = new byte[4 << 20];
        new Random(20261122).NextBytes(noise);
        File.WriteAllBytes(_dedup.Write("source/noise", ""), noise);
        _dedup.MakeRepository();
        using Process terminal = OnTerminal("backup source --limit-upload 16");
        string shown = ReadUntil(terminal, "files, ");
        Write(terminal, "\u0003");
        shown += FinishOnTerminal(terminal);
        Assert.Matches(@"\r +\r(\^C)?note: stopping; press Ctrl-C again to stop at once\r\n", shown);
        Assert.Matches(@"(\n|\r +\r)dedup: interrupted; the repository is whole[^\n]*\n", shown);
        Assert.Contains("exit code 130", shown, StringComparison.Ordinal);
    }

    /// <summary>Runs a command on a terminal, and then tells its exit code and the terminal's settings. The process id is in the file <c>id</c>.</summary>
    private Process OnTerminal(string arguments)
    {
        string script = _dedup.Write("script", "trap : INT TERM HUP; sh -c 'echo $$ > id; exec \"$@\"' - \"$@\"; echo exit code $?; stty -a; echo end\n");
        return _dedup.StartBy(["env", "--default-signal", "sh", "-c", $"exec script -qec \"sh '{script}' $1 {arguments}\" /dev/null", "-"]);
    }

    /// <summary>Reads to the end of what <see cref="OnTerminal"/> shows. Input is closed only then: script(1) turns its end into a typed Ctrl-D, which a program may read before it is told of a signal.</summary>
    private static string FinishOnTerminal(Process terminal) => ReadUntil(terminal, "\nend\r\n") + DedupProgram.Finish(terminal).Output;

    private string ReadProgramId() => File.ReadAllText(_dedup.Files["id"]).Trim();

    private static void Write(Process terminal, string typed)
    {
        terminal.StandardInput.Write(typed);
        terminal.StandardInput.Flush();
    }

    private static string ReadUntil(Process terminal, string text)
    {
        string shown = "";
        while (!shown.Contains(text, StringComparison.Ordinal))
        {
            int character = terminal.StandardOutput.Read();
            Assert.True(character >= 0, $"no '{text}': {shown}");
            shown += (char)character;
        }

        return shown;
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
