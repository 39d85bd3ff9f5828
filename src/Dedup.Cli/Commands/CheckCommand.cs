using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Maintenance;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup check</c>: looks whether a repository is whole.</summary>
internal sealed class CheckCommand : RepositoryCommand
{
    private readonly Option<bool> _readData = new("--read-data") { Description = "Read and verify every byte of every pack too" };

    public CheckCommand()
        : base("check", "Check that the repository is whole: the structure, and with --read-data every byte.", "dedup check", "dedup check --read-data") =>
        Options.Add(_readData);

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        CheckLevel level = context.Arguments.GetValue(_readData) ? CheckLevel.ReadData : CheckLevel.Structure;
        CheckReport report;
        using (CheckProgressView progress = new(context))
        {
            report = await repository.CheckAsync(level, progress, cancellationToken);
        }

        foreach (CheckFinding finding in report.Findings)
        {
            ProblemSeverity severity = finding.Kind == FindingKind.UnlistedPack ? ProblemSeverity.Warning : ProblemSeverity.Error;
            context.Errors.WriteProblem(severity, "check", finding.ObjectName, finding.Message);
        }

        WriteSummary(context, report);
        return report.IsClean ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static void WriteSummary(CommandContext context, CheckReport report)
    {
        long unlisted = report.Findings.LongCount(finding => finding.Kind == FindingKind.UnlistedPack);
        long errors = report.Findings.Count - unlisted;
        if (context.IsJson)
        {
            JsonOutput.WriteLine(
                context.Results,
                new CheckSummaryMessage(errors, unlisted, report.Snapshots, report.Packs, report.Blobs, report.BytesRead),
                CliJsonContext.Default.CheckSummaryMessage);
        }
        else if (context.IsChatty)
        {
            string read = report.BytesRead == 0 ? "" : $", {ByteSize.Format(report.BytesRead)} read";
            context.Results.WriteLine($"checked {report.Snapshots} snapshots, {report.Packs} packs, {report.Blobs} blobs{read}");
            context.Results.WriteLine(errors == 0 ? "no errors were found" : $"{errors} {(errors == 1 ? "error was" : "errors were")} found");
        }
    }
}
