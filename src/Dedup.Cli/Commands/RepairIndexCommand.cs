using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Repairing;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup repair index</c>: lists packs anew.</summary>
internal sealed class RepairIndexCommand : RepositoryCommand
{
    private readonly Option<bool> _dryRun = RepairCommand.DryRun();

    public RepairIndexCommand()
        : base("index", "List the packs that no readable part of the index lists as they are.", "dedup repair index", "dedup repair index --dry-run") =>
        Options.Add(_dryRun);

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        bool isDryRun = context.Arguments.GetValue(_dryRun);
        IndexRepairReport report = await repository.RepairIndexAsync(isDryRun, cancellationToken);
        context.Errors.WriteProblems(report.Problems);
        if (context.IsJson)
        {
            JsonOutput.WriteLine(
                context.Results,
                new IndexRepairMessage(isDryRun, report.Packs, report.PacksListed, report.BlobsListed, report.Problems.Count),
                CliJsonContext.Default.IndexRepairMessage);
        }
        else if (context.IsChatty)
        {
            string would = isDryRun ? " would be" : "";
            context.Results.WriteLine($"{report.PacksListed} of {report.Packs} packs, {report.BlobsListed} blobs,{would} listed anew");
        }

        return report.IsWhole ? ExitCodes.Done : ExitCodes.Failed;
    }
}
