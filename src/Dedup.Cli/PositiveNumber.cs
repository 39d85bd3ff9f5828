using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Dedup.Cli;

/// <summary>Options that take a number from 1.</summary>
internal static class PositiveNumber
{
    public static Option<int?> Option(string name, string description, bool isRecursive = false) => new(name)
    {
        Description = description,
        HelpName = "N",
        Recursive = isRecursive,
        CustomParser = result => Parse(name, result),
    };

    private static int? Parse(string name, ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0)
        {
            return number;
        }

        result.AddError($"{name} {text}: a whole number from 1 is needed");
        return null;
    }
}
