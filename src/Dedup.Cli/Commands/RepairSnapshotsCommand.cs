using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Repairing;
using Dedup.Snapshots;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup repair snapshots</c>: makes new snapshots of what is left of damaged ones.</summary>
internal sealed class RepairSnapshotsCommand : RepositoryCommand
{
    private readonly Argument<string[]> _snapshots = new("SNAP") { Description = "The snapshots to repair: 'latest', ids, or the beginnings of ids [default: all]", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _readData = new("--read-data") { Description = "Read every chunk of every file to find out whether it is whole" };
    private readonly Option<bool> _dryRun = RepairCommand.DryRun();

    public RepairSnapshotsCommand()
        : base(
            "snapshots",
            "Make a new snapshot, of what is left, in the stead of each that lacks something. The old ones are kept.",
            "dedup repair snapshots --dry-run",
            "dedup repair snapshots 1a2b3c4d")
    {
        Arguments.Add(_snapshots);
        Options.Add(_readData);
        Options.Add(_dryRun);
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        List<SnapshotId> chosen = [];
        foreach (string name in context.Arguments.GetValue(_snapshots) ?? [])
        {
            chosen.Add((await repository.FindSnapshotAsync(name, SnapshotFilter.All, cancellationToken)).Id);
        }

        SnapshotRepairOptions options = new()
        {
            IsDryRun = context.Arguments.GetValue(_dryRun),
            ReadData = context.Arguments.GetValue(_readData),
            Snapshots = chosen,
        };
        SnapshotRepairReport report = await repository.RepairSnapshotsAsync(options, cancellationToken);
        context.Errors.WriteProblems(report.Problems);
        WriteSummary(context, report, options.IsDryRun);
        return report.IsComplete ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static void WriteSummary(CommandContext context, SnapshotRepairReport report, bool isDryRun)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(
                context.Results,
                new SnapshotRepairMessage(isDryRun, report.SnapshotsRead, [.. report.Repaired.Select(RepairedSnapshotDetail.From)]),
                CliJsonContext.Default.SnapshotRepairMessage);
        }
        else if (context.IsChatty)
        {
            foreach (RepairedSnapshot repaired in report.Repaired)
            {
                string made = repaired.Replacement is { } replacement ? $"repaired as {replacement.ToShortString()}" : "would be repaired";
                context.Results.WriteLine(
                    $"snapshot {repaired.Original.ToShortString()} {made}: {repaired.DamagedFiles} files and {repaired.DamagedDirectories} directories "
                    + $"lack something, {ByteSize.Format(repaired.LostBytes)} are lost");
            }

            context.Results.WriteLine($"{report.SnapshotsRead} snapshots read, {report.Repaired.Count} {(isDryRun ? "to be repaired" : "repaired")}");
        }
    }
}
