using System.CommandLine;
using System.Globalization;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Retention;
using Dedup.Snapshots;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup snapshots</c>: lists snapshots.</summary>
internal sealed class SnapshotsCommand : RepositoryCommand
{
    private readonly SnapshotFilterOptions _filter = new();
    private readonly Option<int?> _latest = PositiveNumber.Option("--latest", "Only the newest N of each host and set of paths");
    private readonly Option<string?> _grouping = new("--group-by", "-g") { Description = "In groups of snapshots that share this: host, paths, tags, parted by commas", HelpName = "WORDS", CompletionSources = { "host", "paths", "tags", "host,paths" } };
    private readonly Option<bool> _forgotten = new("--forgotten") { Description = "The records of snapshots that were forgotten: who did it, when, and by which rule" };

    public SnapshotsCommand()
        : base("snapshots", "List the snapshots, oldest first.", "dedup snapshots", "dedup snapshots --host web1 --tag nightly --latest 3", "dedup snapshots --group-by host,tags", "dedup snapshots --forgotten", "dedup snapshots --json")
    {
        _filter.AddTo(this);
        Options.Add(_latest);
        Options.Add(_grouping);
        Options.Add(_forgotten);
    }

    protected override void Validate(CommandContext context)
    {
        if (context.Arguments.GetValue(_forgotten) && context.Arguments.GetValue(_latest) is not null)
        {
            throw CliException.Usage("--latest and --forgotten exclude each other: give one of them");
        }

        if (context.Arguments.GetValue(_forgotten) && context.Arguments.GetValue(_grouping) is not null)
        {
            throw CliException.Usage("--group-by and --forgotten exclude each other: give one of them");
        }

        ReadGrouping(context.Arguments);
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        SnapshotFilter filter = _filter.Read(context.Arguments);
        if (context.Arguments.GetValue(_forgotten))
        {
            ForgottenReport.Write(context, await repository.ListForgottenAsync(cancellationToken).Where(filter.Matches).ToListAsync(cancellationToken));
            return ExitCodes.Done;
        }

        List<Snapshot> snapshots = [];
        await foreach (Snapshot snapshot in repository.ListSnapshotsAsync(filter, cancellationToken))
        {
            snapshots.Add(snapshot);
        }

        if (context.Arguments.GetValue(_latest) is { } count)
        {
            HashSet<SnapshotId> kept = [.. snapshots
                .GroupBy(snapshot => string.Join('\0', snapshot.Paths.Prepend(snapshot.Host)))
                .SelectMany(group => group.TakeLast(count))
                .Select(snapshot => snapshot.Id)];
            snapshots.RemoveAll(snapshot => !kept.Contains(snapshot.Id));
        }

        if (ReadGrouping(context.Arguments) is { IsNone: false } grouping)
        {
            WriteGroups(context, [.. snapshots.GroupBy(grouping.KeyOf)]);
        }
        else if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, [.. snapshots.Select(SnapshotDocument.From)], CliJsonContext.Default.SnapshotDocumentArray);
        }
        else
        {
            WriteTable(context, snapshots);
        }

        return ExitCodes.Done;
    }

    private RetentionGrouping ReadGrouping(ParseResult arguments) =>
        RetentionGrouping.TryParse(arguments.GetValue(_grouping) ?? "", out RetentionGrouping? grouping) ? grouping
        : throw CliException.Usage($"--group-by {arguments.GetValue(_grouping)}: write host, paths and tags, parted by commas");

    private static void WriteGroups(CommandContext context, IReadOnlyList<IGrouping<RetentionGroupKey, Snapshot>> groups)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, [.. groups.Select(group => SnapshotGroupDocument.From(group.Key, group))], CliJsonContext.Default.SnapshotGroupDocumentArray);
            return;
        }

        foreach (IGrouping<RetentionGroupKey, Snapshot> group in groups)
        {
            context.Results.WriteLine($"snapshots of {TerminalText.Escape(group.Key.ToString())}:");
            WriteTable(context, [.. group]);
        }
    }

    private static void WriteTable(CommandContext context, List<Snapshot> snapshots)
    {
        if (snapshots.Count > 0)
        {
            ResultTable table = new ResultTable().Fixed("ID").Fixed("Time").Folding("Host").Folding("Tags").Folding("Paths").Number("Size");
            foreach (Snapshot snapshot in snapshots)
            {
                table.AddRow(
                    [snapshot.Id.ToShortString()],
                    [NodeText.LocalTime(snapshot.Time)],
                    [snapshot.Host],
                    [string.Join(',', snapshot.Tags)],
                    snapshot.Paths,
                    [ByteSize.Format(snapshot.Statistics.TotalBytes)]);
            }

            table.Write(context.Results);
        }

        if (context.IsChatty)
        {
            context.Results.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{snapshots.Count} {(snapshots.Count == 1 ? "snapshot" : "snapshots")}"));
        }
    }
}
