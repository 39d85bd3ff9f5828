using System.CommandLine;
using Dedup.Cli.Documentation;
using Xunit;

namespace Dedup.Cli.Tests.Documentation;

/// <summary>What help, manual pages and docs/cli.md say of the commands is so.</summary>
public sealed class HelpTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Path.GetDirectoryName(JsonOutputCheck.SchemaFile)!, "cli.md"));

    public static TheoryData<string> Commands => [.. Pages.Select(page => page.Path)];

    private static IEnumerable<CommandPage> Pages => CommandPage.All(CommandTree.Create());

    [Theory]
    [MemberData(nameof(Commands))]
    public void Each_example_is_a_command_line_that_the_program_understands(string path)
    {
        CommandPage page = Pages.Single(page => page.Path == path);
        Assert.Contains(page.Examples, example => example.Contains(path, StringComparison.Ordinal));
        foreach (string example in page.Examples)
        {
            foreach (string[] arguments in ProgramRuns(example))
            {
                ParseResult parsed = CommandTree.Create().Parse(arguments);
                Assert.Null(UsageErrors.Find(parsed));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_guide_tells_of_each_command_and_each_option(string path)
    {
        CommandPage page = Pages.Single(page => page.Path == path);
        string name = path.Replace("dedup ", "", StringComparison.Ordinal);
        Assert.Contains(page.Parent is null ? "# The command line" : name, Guide, StringComparison.Ordinal);
        Assert.All(page.OwnOptions.Concat(page.GlobalOptions), option => Assert.Matches($@"[` ]{option.Names[0]}(?![\w-])", Guide));
    }

    [Fact]
    public void The_guide_tells_of_each_exit_code_as_the_manual_does() =>
        Assert.All(ExitCode.All, code => Assert.Contains($"\n| {code.Code} | {code.Meaning}", Guide, StringComparison.Ordinal));

    /// <summary>The command lines of the program in one line of a shell.</summary>
    private static IEnumerable<string[]> ProgramRuns(string line)
    {
        List<string> words = [];
        foreach (string word in Words(line).Append("|"))
        {
            if (word is not ("|" or ">" or "&&"))
            {
                words.Add(word);
                continue;
            }

            if (words is ["dedup", ..])
            {
                yield return [.. words.Skip(1)];
            }

            words.Clear();
        }
    }

    private static IEnumerable<string> Words(string line)
    {
        string[] parts = line.Replace("source <(", "", StringComparison.Ordinal).TrimEnd(')').Split('\'');
        for (int i = 0; i < parts.Length; i++)
        {
            foreach (string word in i % 2 == 1 ? [parts[i]] : parts[i].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return word;
            }
        }
    }
}
