using System.CommandLine;
using Dedup.Filtering;
using Dedup.Restore;

namespace Dedup.Cli.Commands;

/// <summary>The options that say what of a snapshot is restored.</summary>
internal sealed class RestorePatternOptions
{
    private readonly Option<string[]> _include = new("--include", "-i") { Description = "Restore only what matches this pattern; may be repeated", HelpName = "PATTERN" };
    private readonly Option<string[]> _includeIgnoringCase = new("--iinclude") { Description = "The same, whatever the case", HelpName = "PATTERN" };
    private readonly Option<string[]> _includeFile = new("--include-file") { Description = "Restore only what matches the patterns in this file, one a line; may be repeated", HelpName = "FILE" };
    private readonly Option<string[]> _includeFileIgnoringCase = new("--iinclude-file") { Description = "The same, whatever the case", HelpName = "FILE" };
    private readonly Option<string[]> _exclude = new("--exclude", "-e") { Description = "Leave out what matches this pattern; may be repeated", HelpName = "PATTERN" };
    private readonly Option<string[]> _excludeIgnoringCase = new("--iexclude") { Description = "The same, whatever the case", HelpName = "PATTERN" };
    private readonly Option<string[]> _excludeFile = new("--exclude-file") { Description = "Leave out what matches the patterns in this file, one a line; may be repeated", HelpName = "FILE" };
    private readonly Option<string[]> _excludeFileIgnoringCase = new("--iexclude-file") { Description = "The same, whatever the case", HelpName = "FILE" };

    public IEnumerable<Option> All =>
        [_include, _includeIgnoringCase, _includeFile, _includeFileIgnoringCase, _exclude, _excludeIgnoringCase, _excludeFile, _excludeFileIgnoringCase];

    /// <exception cref="CliException">Both kinds are given, or a file that cannot be read or says nothing.</exception>
    /// <exception cref="BadPatternException">A pattern cannot be understood.</exception>
    public RestoreOptions AddTo(RestoreOptions options, ParseResult arguments)
    {
        PathPatterns includes = Read(arguments, _include, _includeFile, _includeIgnoringCase, _includeFileIgnoringCase);
        PathPatterns excludes = Read(arguments, _exclude, _excludeFile, _excludeIgnoringCase, _excludeFileIgnoringCase);

        // A list of nothing means nothing; without patterns everything would be restored.
        return includes.Count == 0 && GivenFile(arguments) is { } file
            ? throw CliException.Usage($"{file}: no pattern is in it, so that nothing would be restored: name what to restore, or leave the option out")
            : includes.Count > 0 && excludes.Count > 0
            ? throw CliException.Usage("--include and --exclude do not go together: name what to restore, or what to leave out")
            : options with { Includes = includes, Excludes = excludes };
    }

    private string? GivenFile(ParseResult arguments) => new[] { _includeFile, _includeFileIgnoringCase }
        .SelectMany(option => (arguments.GetValue(option) ?? []).Select(file => $"{option.Name} {file}"))
        .FirstOrDefault();

    private static PathPatterns Read(
        ParseResult arguments, Option<string[]> given, Option<string[]> files, Option<string[]> givenIgnoringCase, Option<string[]> filesIgnoringCase) => new(
    [
        .. PatternArguments.Given(arguments, given, ignoresCase: false),
        .. PatternArguments.InFiles(arguments, files, ignoresCase: false),
        .. PatternArguments.Given(arguments, givenIgnoringCase, ignoresCase: true),
        .. PatternArguments.InFiles(arguments, filesIgnoringCase, ignoresCase: true),
    ]);
}
