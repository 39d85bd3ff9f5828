using Dedup.Cli.Commands;
using Dedup.Cli.Json;
using Dedup.Replication;

namespace Dedup.Cli.Output;

/// <summary>What is said at the end of a replication.</summary>
internal static class ReplicationSummary
{
    public static void Write(CommandContext context, ReplicationReport report, ReplicaLag lag, TimeSpan duration)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, ReplicationSummaryMessage.From(report, lag.Current, duration), CliJsonContext.Default.ReplicationSummaryMessage);
        }
        else if (context.IsChatty)
        {
            WriteLines(context.Results, report, lag);
            context.Results.Flush();
        }
    }

    private static void WriteLines(TextWriter output, ReplicationReport report, ReplicaLag lag)
    {
        string done = report.IsDryRun ? "to copy" : "copied";
        output.WriteLine($"{Count(report.ObjectsCopied, "object")}, {ByteSize.Format(report.BytesCopied)}, {done}; {Count(report.SnapshotsCopied, "snapshot")} of them");
        if (report.ObjectsVerified > 0)
        {
            output.WriteLine($"{Count(report.ObjectsVerified, "object")} of the replica read and found whole");
        }

        if (report.ObjectsDeleted > 0)
        {
            output.WriteLine($"{Count(report.ObjectsDeleted, "object")}, {ByteSize.Format(report.BytesDeleted)}, {(report.IsDryRun ? "to delete" : "deleted")}");
        }

        if (report.SnapshotsRetained > 0)
        {
            output.WriteLine($"{Count(report.SnapshotsRetained, "snapshot")} kept that the repository has forgotten");
        }

        output.WriteLine(report.BytesBehind == 0
            ? "the replica has every snapshot"
            : $"the replica is {Count(report.SnapshotsBehind, "snapshot")} and {ByteSize.Format(report.BytesBehind)} behind{(lag.Current is null ? "" : "; " + lag.Description)}");
        if (report.IsDryRun)
        {
            output.WriteLine("dry run: nothing was changed");
        }
    }

    private static string Count(long number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
