using System.CommandLine;
using Dedup.Cli.Output;
using Dedup.Filtering;
using Dedup.Sources;

namespace Dedup.Cli.Commands;

/// <summary>The options that say what a backup leaves out.</summary>
internal sealed class ExcludeOptions
{
    private readonly Option<string[]> _exclude = new("--exclude", "-e") { Description = "Leave out what matches this pattern; may be repeated", HelpName = "PATTERN" };
    private readonly Option<string[]> _ignoringCase = new("--iexclude") { Description = "The same, whatever the case", HelpName = "PATTERN" };
    private readonly Option<string[]> _files = new("--exclude-file") { Description = "Leave out what matches the patterns in this file, one a line; may be repeated", HelpName = "FILE" };
    private readonly Option<string[]> _filesIgnoringCase = new("--iexclude-file") { Description = "The same, whatever the case", HelpName = "FILE" };
    private readonly Option<bool> _caches = new("--exclude-caches") { Description = "Leave out the content of directories that a CACHEDIR.TAG marks as caches" };
    private readonly Option<string[]> _ifPresent = new("--exclude-if-present") { Description = "Leave out the content of directories that hold this file (beginning with the header); may be repeated", HelpName = "FILE[:HEADER]" };

    private readonly Option<long?> _largerThan = ParsedOption.Create<long>(
        ["--exclude-larger-than"], "SIZE", "Leave out files larger than this, such as 500M", ByteSize.TryParse, "a number of bytes is needed, such as 4096, 64K, 500M, 2G or 1T");

    public IEnumerable<Option> All => [_exclude, _ignoringCase, _files, _filesIgnoringCase, _caches, _ifPresent, _largerThan];

    /// <exception cref="CliException">A file cannot be read, or a name is none.</exception>
    /// <exception cref="BadPatternException">A pattern cannot be understood.</exception>
    public FileSystemSourceOptions Read(ParseResult arguments) => new()
    {
        Excludes = new PathPatterns(
        [
            .. PatternArguments.Given(arguments, _exclude, ignoresCase: false),
            .. PatternArguments.InFiles(arguments, _files, ignoresCase: false),
            .. PatternArguments.Given(arguments, _ignoringCase, ignoresCase: true),
            .. PatternArguments.InFiles(arguments, _filesIgnoringCase, ignoresCase: true),
        ]),
        Markers =
        [
            .. arguments.GetValue(_caches) ? [DirectoryMarker.CacheTag] : (DirectoryMarker[])[],
            .. (arguments.GetValue(_ifPresent) ?? []).Select(ToMarker),
        ],
        LargestFile = arguments.GetValue(_largerThan),
    };

    private static DirectoryMarker ToMarker(string text)
    {
        try
        {
            return DirectoryMarker.Parse(text);
        }
        catch (ArgumentException e)
        {
            throw CliException.Usage($"--exclude-if-present {text}: is no name of a file: give one without slashes, and after a colon what the file begins with", e);
        }
    }
}
