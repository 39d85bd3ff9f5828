using Dedup.Cli.Json;
using Dedup.Looking;
using Dedup.Maintenance;
using Dedup.Repairing;
using Dedup.Replication;

namespace Dedup.Cli.Output;

/// <summary>
/// Standard error: one line a problem, and below them the one line of progress that is written over in place. With <c>--json</c>
/// each problem is a JSON object.
/// </summary>
internal sealed class ErrorOutput(bool isJson)
{
    /// <summary>Of a terminal that does not tell.</summary>
    private const int UsualWidth = 80;

    private readonly Lock _writing = new();
    private readonly TextWriter _error = Console.Error;
    private int _statusLength;
    private bool _isAsking;

    public bool IsJson => isJson;

    /// <summary>Whether progress may be shown: somebody is looking.</summary>
    public bool IsTerminal { get; } = !Console.IsErrorRedirected;

    /// <summary>Writes one line, whatever the text holds.</summary>
    public void WriteLine(string text) => WriteBlock(TerminalText.Escape(text));

    /// <summary>Writes text as it is, such as a stack trace.</summary>
    public void WriteBlock(string text)
    {
        lock (_writing)
        {
            Write(Erasure() + text + "\n");
            _statusLength = 0;
        }
    }

    /// <summary>Reports something that concerns one path or object; during is what was being done, such as <c>archival</c>.</summary>
    public void WriteProblem(ProblemSeverity severity, string during, string item, string reason)
    {
        string word = severity == ProblemSeverity.Error ? "error" : "warning";
        WriteLine(isJson
            ? JsonOutput.Serialize(new ProblemMessage(word, new ProblemDetail(reason), during, item), CliJsonContext.Default.ProblemMessage)
            : $"{word}: {item}: {reason}");
    }

    /// <summary>Reports what a check found.</summary>
    public void WriteFinding(CheckFinding finding) => WriteLine(isJson
        ? JsonOutput.Serialize(FindingMessage.From(finding), CliJsonContext.Default.FindingMessage)
        : $"{(finding.IsDamage ? "error" : "warning")}: {finding.Message}");

    /// <summary>Reports what a repair found and could not make as it was.</summary>
    public void WriteProblems(IEnumerable<RepairProblem> problems)
    {
        foreach (RepairProblem problem in problems)
        {
            WriteLine(isJson ? JsonOutput.Serialize(FindingMessage.From(problem), CliJsonContext.Default.FindingMessage) : $"error: {problem.Message}");
        }
    }

    /// <summary>Reports what keeps a replica from being what its source is.</summary>
    public void WriteProblems(IEnumerable<ReplicationProblem> problems)
    {
        foreach (ReplicationProblem problem in problems)
        {
            WriteLine(isJson
                ? JsonOutput.Serialize(new ProblemMessage("error", new ProblemDetail(problem.Message), "replication", problem.ObjectName), CliJsonContext.Default.ProblemMessage)
                : $"error: {problem.Message}");
        }
    }

    /// <summary>Reports snapshots that could not be looked into.</summary>
    public void WriteProblems(IEnumerable<LookProblem> problems)
    {
        foreach (LookProblem problem in problems)
        {
            WriteProblem(ProblemSeverity.Error, "search", $"snapshot {problem.Snapshot.ToShortString()}", $"cannot be looked into: {problem.Reason}");
        }
    }

    /// <summary>Reports something that concerns no single item; the level is a word such as <c>warning</c>.</summary>
    public void WriteLog(string level, string message) => WriteLine(isJson
        ? JsonOutput.Serialize(new LogMessage(level, message), CliJsonContext.Default.LogMessage)
        : $"{level}: {message}");

    /// <summary>Puts a line in the place of the last one, as far as the terminal has room for it.</summary>
    /// <param name="text">Parts of ASCII, parted by commas.</param>
    /// <param name="item">The path that is being worked on.</param>
    public void ShowStatus(string text, string? item)
    {
        lock (_writing)
        {
            int width = Console.WindowWidth > 0 ? Console.WindowWidth : UsualWidth;
            string fitting = StatusLine.Fit(text, item, width - 1);
            Write("\r" + fitting.PadRight(_statusLength));
            _statusLength = fitting.Length;
        }
    }

    /// <summary>Writes a question, after which the cursor stays in its line.</summary>
    public void WritePrompt(string text)
    {
        lock (_writing)
        {
            Write(Erasure() + TerminalText.Escape(text));
            _statusLength = 0;
            _isAsking = true;
        }
    }

    /// <summary>Ends the line of a question, if the cursor is still there.</summary>
    public void LeaveLine() => EndPrompt(isLineEnded: false);

    /// <summary>Takes note that a question was answered.</summary>
    /// <param name="isLineEnded">Whether the answer ended its line on the terminal, as what is typed and shown does.</param>
    public void EndPrompt(bool isLineEnded)
    {
        lock (_writing)
        {
            Write(_isAsking && !isLineEnded ? "\n" : "");
            _isAsking = false;
        }
    }

    public void ClearStatus()
    {
        lock (_writing)
        {
            Write(Erasure());
            _statusLength = 0;
        }
    }

    // Spaces rather than an escape sequence: they work on every terminal.
    private string Erasure() => _statusLength == 0 ? "" : "\r" + new string(' ', _statusLength) + "\r";

    private void Write(string text)
    {
        try
        {
            _error.Write(text);
        }
        catch (IOException)
        {
            // The log's disk is full: there is nowhere to say so, and no reason to stop a backup.
        }
    }
}
