using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Dedup.Cli;

/// <summary>Says in one line what is wrong with a command line, and what may have been meant.</summary>
internal static class UsageErrors
{
    /// <summary>Two words are taken for one mistyped when no more letters differ.</summary>
    private const int MostTypos = 2;

    /// <summary>What is wrong with a command line.</summary>
    /// <returns><see langword="null"/> when it can be carried out, as far as that can be told without its command.</returns>
    public static CliException? Find(ParseResult arguments)
    {
        string? what = arguments.Action is not ParseErrorAction ? EmptySnapshot(arguments.CommandResult)
            : arguments.UnmatchedTokens is [string token, ..] ? Unknown(token, arguments)
            : Missing(arguments) ?? arguments.Errors[0].Message.TrimEnd('.');
        return what is null ? null : CliException.Usage(
            what + (what.EndsWith('?') ? " See" : "; see") + $" '{string.Join(' ', Path(arguments.CommandResult.Command))} --help'");
    }

    // Most often a variable of a script that is not set.
    private static string? EmptySnapshot(CommandResult command) => command.Children.OfType<ArgumentResult>()
        .Any(result => result.Argument.Name.StartsWith("SNAP", StringComparison.Ordinal) && result.Tokens.Any(token => token.Value.Length == 0))
        ? "the snapshot's name is empty: name it by its id, or 'latest'"
        : null;

    /// <summary>What has to be given and is not.</summary>
    private static string? Missing(ParseResult arguments)
    {
        CommandResult result = arguments.CommandResult;
        OptionResult? bare = result.Children.OfType<OptionResult>().Concat(arguments.RootCommandResult.Children.OfType<OptionResult>())
            .FirstOrDefault(option => !option.Implicit && option.Tokens.Count < option.Option.Arity.MinimumNumberOfValues);
        if (bare is not null)
        {
            return $"{bare.IdentifierToken?.Value ?? bare.Option.Name} needs a value: {bare.Option.Name} {bare.Option.HelpName}";
        }

        string name = result.Command.Name;
        Argument? argument = result.Command.Arguments.FirstOrDefault(argument =>
            argument.Arity.MinimumNumberOfValues > 0 && arguments.GetResult(argument) is not { Tokens.Count: > 0 });
        Option? option = result.Command.Options.FirstOrDefault(option => option.Required && arguments.GetResult(option) is null or { Implicit: true });
        return argument is not null ? $"{name} needs {argument.Name}: {Lowered(argument.Description)}"
            : option is not null ? $"{name} needs {option.Name} {option.HelpName}: {Lowered(option.Description)}"
            : result.Command.Subcommands.Count > 0 && result.Command.Action is null
                ? $"{name} needs one of its commands: {string.Join(", ", result.Command.Subcommands.Select(command => command.Name))}"
            : null;
    }

    private static string Lowered(string? sentence) => sentence is { Length: > 0 } ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : "";

    private static string Unknown(string token, ParseResult arguments)
    {
        Command command = arguments.CommandResult.Command;
        bool isOption = token.StartsWith('-');
        if (!isOption && StandsBeforeCommand(token, arguments))
        {
            return $"'{token}' stands before the command: write 'dedup {command.Name} {token}'";
        }

        IEnumerable<string> known = isOption
            ? command.Options.Concat(GlobalOptions.All).SelectMany(option => option.Aliases.Append(option.Name))
            : command.Subcommands.SelectMany(child => child.Aliases.Append(child.Name));
        string name = isOption ? token.Split('=')[0] : token;
        string? likely = known
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(candidate => candidate.Distance <= MostTypos && candidate.Distance < candidate.Name.Length / 2)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
        string kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        string hint = likely is not null ? $", did you mean '{likely}'?"
            : !isOption && command.Arguments.Count + command.Subcommands.Count == 0 ? ", which takes none: a repository is named by --repo"
            : "";
        return $"'{token}' is no {kind} of {command.Name}{hint}";
    }

    private static bool StandsBeforeCommand(string token, ParseResult arguments)
    {
        int at = arguments.Tokens.ToList().FindIndex(other => other.Value == token);
        return at >= 0 && arguments.Tokens.Skip(at + 1).Any(other => other.Type == TokenType.Command && other.Value == arguments.CommandResult.IdentifierToken.Value);
    }

    private static IEnumerable<string> Path(Symbol symbol) => symbol.Parents.SelectMany(Path).Append(symbol.Name);

    /// <summary>How many letters must be put in, left out, replaced, or exchanged with their neighbour (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        int[] beforeLast = [], last = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int[] row = new int[right.Length + 1];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, 1 + Math.Min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last) = (last, row);
        }

        return last[^1];
    }
}
