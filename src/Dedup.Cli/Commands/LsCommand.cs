using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup ls</c>: lists what a snapshot holds.</summary>
internal sealed class LsCommand : RepositoryCommand
{
    private readonly Argument<string> _snapshot = SnapshotArguments.Snapshot();
    private readonly Argument<string?> _path = new("PATH") { Description = "A directory inside the snapshot; without it everything is listed", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _long = new("--long", "-l") { Description = "Permissions, owner, group, size and time too" };
    private readonly Option<bool> _recursive = new("--recursive") { Description = "What lies in the directories below PATH too" };
    private readonly Option<bool> _reverse = new("--reverse") { Description = "In the other order" };
    private readonly SnapshotFilterOptions _filter = new();

    private readonly Option<string?> _sort = new("--sort", "-s") { Description = "In the order of name, size, time (mtime), ctime or extension; the largest and the newest first", HelpName = "WORD" };

    public LsCommand()
        : base("ls", "List the files of a snapshot.", "dedup ls latest", "dedup ls latest /home/ann --long", "dedup ls latest /var --recursive --long --sort size", "dedup ls 1a2b3c4d /etc --recursive --json")
    {
        Arguments.Add(_snapshot);
        Arguments.Add(_path);
        Options.Add(_long);
        Options.Add(_recursive);
        _sort.AcceptOnlyFromAmong(EntryOrder.Words);
        Options.Add(_sort);
        Options.Add(_reverse);
        _filter.AddTo(this);
    }

    protected override void Validate(CommandContext context) => SnapshotArguments.ToSnapshotPath(context.Arguments.GetValue(_path));

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        bool isLong = arguments.GetValue(_long);
        string? path = SnapshotArguments.ToSnapshotPath(arguments.GetValue(_path));
        using StreamWriter output = new(StandardOutput.Open(), bufferSize: 1 << 15);
        Snapshot snapshot = await repository.FindSnapshotAsync(arguments.GetValue(_snapshot)!, _filter.Read(arguments), cancellationToken);
        if (context.IsJson)
        {
            Print(output, JsonOutput.Serialize(SnapshotDocument.Heading(snapshot), CliJsonContext.Default.SnapshotDocument));
        }

        bool isRecursive = arguments.GetValue(_recursive) || arguments.GetValue(_path) is null;
        IAsyncEnumerable<TreeEntry> entries = repository.ListEntriesAsync(snapshot.Id, path, isRecursive, cancellationToken);
        await foreach (TreeEntry entry in EntryOrder.Sort(entries, arguments.GetValue(_sort), arguments.GetValue(_reverse)))
        {
            Print(output, context.IsJson ? JsonOutput.Serialize(NodeMessage.From(entry), CliJsonContext.Default.NodeMessage)
                : isLong ? NodeText.LongLine(entry)
                : entry.Path);
        }

        return ExitCodes.Done;
    }

    private static void Print(TextWriter output, string line)
    {
        output.Write(line);
        output.Write('\n');
    }
}
