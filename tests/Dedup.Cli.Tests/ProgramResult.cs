using System.Text.Json;
using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>What a run of the program left: its exit code, standard output and standard error.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Standard output as one JSON document.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The last line of standard output as a JSON object.</summary>
    public JsonElement LastJson => JsonDocument.Parse(OutputLines[^1]).RootElement;

    /// <summary>The run did what it was asked to, and had nothing to say about it on standard error.</summary>
    public ProgramResult Succeeds()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        Assert.Empty(Error);
        return this;
    }

    /// <summary>The run did what it was asked to. On standard error are notes at most, such as <c>-v</c> makes of a store that is far away.</summary>
    public ProgramResult SucceedsWithNotes()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        Assert.All(ErrorLines, line => Assert.True(line.StartsWith("note: ", StringComparison.Ordinal) || line.Contains("\"level\":\"note\"", StringComparison.Ordinal), line));
        return this;
    }

    /// <summary>The backup was made, and alerted to that everything in it is new and looks random.</summary>
    public ProgramResult SucceedsWithAlert()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        Assert.StartsWith("alert: 100% of the files", Assert.Single(ErrorLines), StringComparison.Ordinal);
        return this;
    }

    /// <summary>The run ended with this code and said why in exactly one line.</summary>
    public void FailsInOneLine(int exitCode, params string[] words)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode} instead of {exitCode}: {Error}{Output}");
        string line = Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("dedup: ", line);
        Assert.All(words, word => Assert.Contains(word, line));
        Assert.Empty(Output);
    }
}
