using System.Globalization;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Pruning;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup extend-locks</c>: locks what snapshots need anew, in a store with object lock.</summary>
internal sealed class ExtendLocksCommand()
    : RepositoryCommand(
        "extend-locks",
        "In a store with object lock, lock anew all that snapshots need, for as many days as new objects are locked.",
        "DEDUP_S3_LOCK=compliance DEDUP_S3_LOCK_DAYS=30 dedup extend-locks -r s3:backups/web1")
{
    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        LockReport report;
        using (LockProgressView progress = new(context))
        {
            report = await repository.LockAsync(progress, cancellationToken);
        }

        foreach (string problem in report.Problems)
        {
            context.Errors.WriteProblem(ProblemSeverity.Error, "extend-locks", repository.Location, problem);
        }

        if (report.LockedUntil is not { } until)
        {
            throw CliException.Failure(
                report.Snapshots == 0
                    ? $"{repository.Location}: there is no snapshot to lock"
                    : $"{repository.Location}: nothing is locked here: set DEDUP_S3_LOCK and DEDUP_S3_LOCK_DAYS, for a bucket that was made with object lock");
        }

        if (context.IsJson)
        {
            JsonOutput.WriteLine(
                context.Results,
                new LockSummaryMessage(report.Snapshots, report.Packs, report.Segments, until, report.Problems.Count),
                CliJsonContext.Default.LockSummaryMessage);
        }
        else if (context.IsChatty)
        {
            string date = until.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            context.Results.WriteLine($"{report.Snapshots} snapshots, {report.Packs} packs and {report.Segments} index segments are locked until {date} or longer");
        }

        return report.Problems.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
