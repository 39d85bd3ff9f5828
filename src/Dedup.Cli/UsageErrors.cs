using System.CommandLine;

namespace Dedup.Cli;

/// <summary>Says in one line what is wrong with a command line, and what may have been meant.</summary>
internal static class UsageErrors
{
    /// <summary>Two words are taken for one mistyped when no more letters differ.</summary>
    private const int MostTypos = 2;

    public static CliException ToException(ParseResult arguments)
    {
        string command = string.Join(' ', Path(arguments.CommandResult.Command));
        string what = arguments.UnmatchedTokens is [string token, ..]
            ? Unknown(token, arguments.CommandResult.Command)
            : arguments.Errors[0].Message.TrimEnd('.');
        return CliException.Usage(what + (what.EndsWith('?') ? " See" : "; see") + $" '{command} --help'");
    }

    private static string Unknown(string token, Command command)
    {
        bool isOption = token.StartsWith('-');
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
        return $"'{token}' is no {kind} of {command.Name}" + (likely is null ? "" : $", did you mean '{likely}'?");
    }

    private static IEnumerable<string> Path(Symbol symbol) => symbol.Parents.SelectMany(Path).Append(symbol.Name);

    /// <summary>The Levenshtein distance: how many letters must be put in, left out or replaced.</summary>
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
