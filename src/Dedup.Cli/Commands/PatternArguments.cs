using System.CommandLine;
using Dedup.Filtering;

namespace Dedup.Cli.Commands;

/// <summary>Reads patterns out of options, and out of the files that options name.</summary>
internal static class PatternArguments
{
    /// <exception cref="BadPatternException">A pattern cannot be understood.</exception>
    public static IEnumerable<PathPattern> Given(ParseResult arguments, Option<string[]> option, bool ignoresCase) =>
        (arguments.GetValue(option) ?? []).Select(text => PathPattern.Parse(text, ignoresCase, option.Name));

    /// <exception cref="CliException">A file cannot be read.</exception>
    /// <exception cref="BadPatternException">A pattern cannot be understood.</exception>
    public static IEnumerable<PathPattern> InFiles(ParseResult arguments, Option<string[]> option, bool ignoresCase) =>
        (arguments.GetValue(option) ?? []).SelectMany(file =>
            PatternFile.Parse(InputFile.Read(option.Name, file), file, ignoresCase, Environment.GetEnvironmentVariable));
}
