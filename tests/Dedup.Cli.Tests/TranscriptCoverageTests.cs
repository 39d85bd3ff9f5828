using System.Globalization;
using System.Text.RegularExpressions;
using Dedup.Cli.Documentation;
using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>The transcripts together show the whole program.</summary>
public sealed partial class TranscriptCoverageTests
{
    private static readonly string[] Lines = [.. Transcript.Names.SelectMany(Transcript.ReadLines)];

    public static TheoryData<string> Commands => [.. CommandPage.All(CommandTree.Create()).Select(page => page.Path)];

    public static TheoryData<int> ExitCodes => [.. ExitCode.All.Select(code => code.Code)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_is_in_a_transcript(string path) =>
        Assert.Contains(Lines, line => line.StartsWith("$ ", StringComparison.Ordinal) && Regex.IsMatch(line, $@"\b{path}(?![\w-])"));

    [Theory]
    [MemberData(nameof(ExitCodes))]
    public void Every_exit_code_is_in_a_transcript(int code) =>
        Assert.Contains(Lines, line => code == 0 ? line.StartsWith("$ ", StringComparison.Ordinal) : line == string.Create(CultureInfo.InvariantCulture, $"[exit {code}]"));

    [Fact]
    public void Each_mistake_is_answered_by_one_line()
    {
        foreach (string name in Transcript.Names)
        {
            string[] lines = [.. Transcript.ReadLines(name)];
            for (int i = 0; i < lines.Length; i++)
            {
                bool hasFailed = Failure().IsMatch(lines[i]);
                Assert.False(hasFailed && lines[i - 1].StartsWith("$ ", StringComparison.Ordinal), $"{name}: nothing is said before '{lines[i]}'");
                Assert.False(
                    lines[i].StartsWith("dedup: ", StringComparison.Ordinal) && lines[i - 1].StartsWith("dedup: ", StringComparison.Ordinal),
                    $"{name}: two lines say why a command failed: {lines[i]}");
            }
        }
    }

    [GeneratedRegex(@"^\[exit (1|2|3|10|12|130)\]$")]
    private static partial Regex Failure();
}
