using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>
/// A conversation with the program as somebody at a shell would see it, in a file: lines that begin with <c>$</c> are commands, what follows is what they
/// print on standard output and standard error, <c>[exit 2]</c> is the exit code where it is not 0, and what stands before the first command is said to
/// the reader. In what is printed, <c>&lt;dir&gt;</c> is the current folder and <c>&lt;id&gt;</c>, <c>&lt;time&gt;</c>, <c>&lt;any&gt;</c> are what differs from run to run.
/// </summary>
/// <remarks>
/// Each command has a shell of its own, in which <c>dedup</c> is the program, <c>unprivileged dedup</c> the program without root's rights, and
/// DEDUP_REPOSITORY and DEDUP_PASSWORD name the repository <c>repository</c>, which is there only once it is made.
/// </remarks>
internal sealed partial class Transcript
{
    private const string Prelude =
        "exec 2>&1; export DEDUP=\"$1\"; dedup() { \"$DEDUP\" \"$@\"; }; "
        + "unprivileged() { shift; if [ \"$(id -u)\" = 0 ]; then setpriv --bounding-set=-all --inh-caps=-all \"$DEDUP\" \"$@\"; else \"$DEDUP\" \"$@\"; fi; }; ";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Transcripts");

    private readonly List<(string Command, List<string> Expected)> _steps = [];

    private Transcript(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            if (line.StartsWith("$ ", StringComparison.Ordinal))
            {
                _steps.Add((line[2..], []));
            }
            else if (_steps.Count > 0)
            {
                _steps[^1].Expected.Add(line);
            }
        }
    }

    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static Transcript Read(string name) => new(ReadLines(name));

    public static IEnumerable<string> ReadLines(string name) => File.ReadLines(Path.Combine(Folder, name + ".txt"));

    /// <summary>Has the conversation, and compares it with the file to its end.</summary>
    public void Play(DedupProgram program)
    {
        StringBuilder played = new();
        bool isAsWritten = _steps.Count > 0;
        foreach ((string command, List<string> expected) in _steps)
        {
            List<string> printed = Run(program, command);
            isAsWritten &= printed.Count == expected.Count && printed.Zip(expected).All(pair => Matches(pair.First, pair.Second, program));
            played.Append("$ ").AppendLine(command).AppendJoin("", printed.Select(line => line + "\n"));
        }

        Assert.True(isAsWritten, $"not as written, but:\n{played}");
    }

    private static List<string> Run(DedupProgram program, string command)
    {
        using Process process = program.StartBy(["sh", "-c", Prelude + command, "sh"]);
        ProgramResult result = DedupProgram.Finish(process);
        List<string> printed = [.. result.Output.Split('\n')];
        printed.RemoveAt(printed.Count - 1);
        if (result.ExitCode != 0)
        {
            printed.Add($"[exit {result.ExitCode}]");
        }

        return printed;
    }

    private static bool Matches(string printed, string expected, DedupProgram program) => Regex.IsMatch(
        printed,
        "^" + Placeholder().Replace(Regex.Escape(expected), match => match.Groups[1].Value switch
        {
            "dir" => Regex.Escape(program.Files.Path),
            "id" => "[0-9a-f]{8}",
            "time" => @"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
            _ => ".*",
        }) + "$");

    [GeneratedRegex("<(dir|id|time|any)>")]
    private static partial Regex Placeholder();
}
