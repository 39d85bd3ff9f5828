using System.CommandLine;
using Dedup.Cli.Output;
using Dedup.Filtering;
using Dedup.Looking;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup find</c>: finds files in all snapshots.</summary>
internal sealed class FindCommand : RepositoryCommand
{
    private readonly Argument<string[]> _patterns = new("PATTERN") { Description = "Names or, with a slash, paths: * ? [a-z] within a name, ** for any directories", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _long = new("--long", "-l") { Description = "Permissions, owner, group, size and time too" };
    private readonly Option<bool> _ignoreCase = new("--ignore-case", "-i") { Description = "Upper and lower case are the same" };
    private readonly Option<string?> _oldest = new("--oldest", "-O") { Description = "Only what was modified then or later", HelpName = "TIME" };
    private readonly Option<string?> _newest = new("--newest", "-N") { Description = "Only what was modified then or before", HelpName = "TIME" };
    private readonly Option<string[]> _snapshots = new("--snapshot", "-s") { Description = "Only in this snapshot; may be repeated", HelpName = "SNAP" };
    private readonly Option<bool> _reverse = new("--reverse", "-R") { Description = "The newest snapshot first" };
    private readonly SnapshotFilterOptions _filter = new();

    public FindCommand()
        : base(
            "find",
            "Find files and directories in all snapshots. The first search reads all directories; later ones only what is new.",
            "dedup find notes.txt",
            "dedup find -l '*.sql' '*.dump' --oldest 2026-05-01",
            "dedup find '/home/*/.ssh/**' --host web1 --json")
    {
        Arguments.Add(_patterns);
        foreach (Option option in new Option[] { _long, _ignoreCase, _oldest, _newest, _snapshots, _reverse })
        {
            Options.Add(option);
        }

        _filter.AddTo(this);
    }

    protected override void Validate(CommandContext context) => ReadOptions(context.Arguments);

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        FindOptions options = ReadOptions(context.Arguments);
        List<SnapshotId> chosen = [];
        foreach (string name in context.Arguments.GetValue(_snapshots) ?? [])
        {
            chosen.Add((await repository.FindSnapshotAsync(name, options.Filter, cancellationToken)).Id);
        }

        FindResult result = await repository.FindAsync(options with { Snapshots = chosen }, cancellationToken);
        context.Errors.WriteProblems(result.Problems);
        IEnumerable<FoundInSnapshot> found = context.Arguments.GetValue(_reverse) ? result.Snapshots.Reverse() : result.Snapshots;
        using StreamWriter output = new(StandardOutput.Open(), bufferSize: 1 << 15);
        if (context.IsJson)
        {
            FindReport.WriteJson(output, found, cancellationToken);
        }
        else
        {
            FindReport.Write(output, found, context.Arguments.GetValue(_long), isChatty: context.IsChatty, cancellationToken);
        }

        return result.Problems.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private FindOptions ReadOptions(ParseResult arguments) => new()
    {
        Patterns = [.. arguments.GetValue(_patterns)!.Select(pattern => ReadPattern(pattern, arguments.GetValue(_ignoreCase)))],
        Oldest = TimeArgument.Read(arguments.GetValue(_oldest), "--oldest"),
        Newest = TimeArgument.Read(arguments.GetValue(_newest), "--newest"),
        Filter = _filter.Read(arguments),
    };

    private static PathPattern ReadPattern(string text, bool ignoresCase)
    {
        try
        {
            PathPattern pattern = PathPattern.Parse(text, ignoresCase);
            return pattern.IsNegated
                ? throw CliException.Usage($@"pattern '{text}': what is looked for cannot be taken back; write \! for a name that begins so")
                : pattern;
        }
        catch (BadPatternException exception)
        {
            throw CliException.Usage(exception.Message, exception);
        }
    }
}
