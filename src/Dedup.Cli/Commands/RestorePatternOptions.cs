using System.CommandLine;
using Dedup.Filtering;
using Dedup.Restore;

namespace Dedup.Cli.Commands;

/// <summary>The options that say what of a snapshot is restored.</summary>
internal sealed class RestorePatternOptions
{
    private readonly Option<string[]> _include = new("--include", "-i") { Description = "Restore only what matches this pattern; may be repeated", HelpName = "PATTERN" };
    private readonly Option<string[]> _includeIgnoringCase = new("--iinclude") { Description = "The same, whatever the case", HelpName = "PATTERN" };
    private readonly Option<string[]> _exclude = new("--exclude", "-e") { Description = "Leave out what matches this pattern; may be repeated", HelpName = "PATTERN" };
    private readonly Option<string[]> _excludeIgnoringCase = new("--iexclude") { Description = "The same, whatever the case", HelpName = "PATTERN" };

    public IEnumerable<Option> All => [_include, _includeIgnoringCase, _exclude, _excludeIgnoringCase];

    /// <exception cref="CliException">Both kinds are given.</exception>
    /// <exception cref="BadPatternException">A pattern cannot be understood.</exception>
    public RestoreOptions AddTo(RestoreOptions options, ParseResult arguments)
    {
        PathPatterns includes = Read(arguments, _include, _includeIgnoringCase);
        PathPatterns excludes = Read(arguments, _exclude, _excludeIgnoringCase);
        return includes.Count > 0 && excludes.Count > 0
            ? throw CliException.Usage("--include and --exclude do not go together: name what to restore, or what to leave out")
            : options with { Includes = includes, Excludes = excludes };
    }

    private static PathPatterns Read(ParseResult arguments, Option<string[]> option, Option<string[]> ignoringCase) => new(
    [
        .. Parse(arguments, option, ignoresCase: false),
        .. Parse(arguments, ignoringCase, ignoresCase: true),
    ]);

    private static IEnumerable<PathPattern> Parse(ParseResult arguments, Option<string[]> option, bool ignoresCase) =>
        (arguments.GetValue(option) ?? []).Select(text => PathPattern.Parse(text, ignoresCase, option.Name));
}
