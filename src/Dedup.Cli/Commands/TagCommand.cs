using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Snapshots;
using Dedup.Tagging;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup tag</c>: changes the tags of snapshots.</summary>
internal sealed class TagCommand : RepositoryCommand
{
    private readonly Argument<string[]> _snapshots = new("SNAP") { Description = "The snapshots: 'latest', ids, or the beginnings of ids [default: all that the options pick]", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _set = new("--set") { Description = "The tags that they have from now on; '' for none; may be repeated", HelpName = "TAGS" };
    private readonly Option<string[]> _add = new("--add") { Description = "Tags that they get; may be repeated", HelpName = "TAGS" };
    private readonly Option<string[]> _remove = new("--remove") { Description = "Tags that they lose; may be repeated", HelpName = "TAGS" };
    private readonly SnapshotFilterOptions _filter = new();

    public TagCommand()
        : base(
            "tag",
            "Change the tags of snapshots. A snapshot never changes: each is replaced by a new one with another id, and the old one is forgotten.",
            "dedup tag --add keep 1a2b3c4d",
            "dedup tag --set nightly,full --host web1",
            "dedup tag --remove test latest")
    {
        Arguments.Add(_snapshots);
        Options.Add(_set);
        Options.Add(_add);
        Options.Add(_remove);
        _filter.AddTo(this);
    }

    protected override void Validate(CommandContext context) => ReadEdit(context.Arguments);

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        TagEdit edit = ReadEdit(context.Arguments);
        int changed = 0;
        foreach (Snapshot snapshot in await ChooseAsync(repository, context.Arguments, cancellationToken))
        {
            Snapshot tagged = await repository.TagAsync(snapshot.Id, edit, cancellationToken);
            if (tagged.Id == snapshot.Id)
            {
                continue;
            }

            changed++;
            if (context.IsJson)
            {
                JsonOutput.WriteLine(context.Results, new TagChangedMessage(snapshot.Id.ToString(), tagged.Id.ToString()), CliJsonContext.Default.TagChangedMessage);
            }
            else if (context.IsChatty)
            {
                context.Results.WriteLine($"snapshot {snapshot.Id.ToShortString()} is {tagged.Id.ToShortString()} now, with {Describe(tagged)}");
            }
        }

        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, new TagSummaryMessage(changed), CliJsonContext.Default.TagSummaryMessage);
        }
        else if (context.IsChatty)
        {
            context.Results.WriteLine($"{changed} {(changed == 1 ? "snapshot" : "snapshots")} changed");
        }

        return ExitCodes.Done;
    }

    private static string Describe(Snapshot snapshot) =>
        snapshot.Tags.Count == 0 ? "no tags" : "tags " + Output.TerminalText.Escape(string.Join(',', snapshot.Tags));

    private async Task<IReadOnlyList<Snapshot>> ChooseAsync(Repository repository, ParseResult arguments, CancellationToken cancellationToken)
    {
        SnapshotFilter filter = _filter.Read(arguments);
        List<Snapshot> chosen = [];
        foreach (string name in arguments.GetValue(_snapshots) ?? [])
        {
            chosen.Add(await repository.FindSnapshotAsync(name, filter, cancellationToken));
        }

        if (chosen.Count == 0)
        {
            await foreach (Snapshot snapshot in repository.ListSnapshotsAsync(filter, cancellationToken))
            {
                chosen.Add(snapshot);
            }
        }

        return [.. chosen.DistinctBy(snapshot => snapshot.Id)];
    }

    private TagEdit ReadEdit(ParseResult arguments)
    {
        TagEdit edit = new()
        {
            Set = arguments.GetValue(_set) is { Length: > 0 } given ? TagList.Split(given) : null,
            Add = TagList.Split(arguments.GetValue(_add)),
            Remove = TagList.Split(arguments.GetValue(_remove)),
        };
        return (edit.Set is not null, edit.Add.Count + edit.Remove.Count > 0) switch
        {
            (false, false) => throw CliException.Usage("nothing is to be changed: give --set, --add or --remove"),
            (true, true) => throw CliException.Usage("--set replaces all tags: give it without --add and --remove"),
            _ => edit,
        };
    }
}
