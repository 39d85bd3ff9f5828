using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Repairing;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup repair prunes</c>: decides what damaged records of prunes leave open.</summary>
internal sealed class RepairPrunesCommand : RepositoryCommand
{
    private readonly Option<bool> _exclusive = new("--exclusive") { Description = "No prune is running, on any machine: decide also what one could be in the middle of" };
    private readonly Option<bool> _dryRun = RepairCommand.DryRun();

    public RepairPrunesCommand()
        : base(
            "prunes",
            "Let prunes go on where a record of one is damaged or missing: nothing more is deleted for it.",
            "dedup repair prunes",
            "dedup repair prunes --exclusive")
    {
        Options.Add(_exclusive);
        Options.Add(_dryRun);
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        bool isDryRun = context.Arguments.GetValue(_dryRun);
        PruneRecordRepairReport report = await repository.RepairPruneRecordsAsync(context.Arguments.GetValue(_exclusive), isDryRun, cancellationToken);
        context.Errors.WriteProblems(report.Problems);
        if (context.IsJson)
        {
            JsonOutput.WriteLine(
                context.Results,
                new PruneRecordRepairMessage(isDryRun, report.Prunes, report.RecordsWritten, report.Problems.Count),
                CliJsonContext.Default.PruneRecordRepairMessage);
        }
        else if (context.IsChatty)
        {
            string would = isDryRun ? " would be" : "";
            context.Results.WriteLine($"{report.Prunes} prunes, {report.RecordsWritten} records{would} written");
        }

        return report.IsComplete ? ExitCodes.Done : ExitCodes.Failed;
    }
}
