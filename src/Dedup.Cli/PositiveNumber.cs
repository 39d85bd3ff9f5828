using System.CommandLine;
using System.Globalization;

namespace Dedup.Cli;

/// <summary>Options that take a number from 1.</summary>
internal static class PositiveNumber
{
    public static Option<int?> Option(string name, string description, bool isRecursive = false)
    {
        Option<int?> option = ParsedOption.Create<int>([name], "N", description, TryParse, "a whole number from 1 is needed");
        option.Recursive = isRecursive;
        return option;
    }

    public static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
