using Dedup.Cli.Json;
using Dedup.Pruning;

namespace Dedup.Cli.Output;

/// <summary>What is said at the end of a prune.</summary>
internal static class PruneSummary
{
    public static void Write(CommandContext context, PruneReport report, TimeSpan duration)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, PruneSummaryMessage.From(report, duration), CliJsonContext.Default.PruneSummaryMessage);
        }
        else if (context.IsChatty)
        {
            WriteBlock(context.Results, report);
            if (report.Cost is { } cost && context.IsStoreRemote)
            {
                context.Results.WriteLine($"the prune would take about {cost.Requests} requests, send {ByteSize.Format(cost.BytesSent)} and fetch {ByteSize.Format(cost.BytesFetched)}");
            }
        }
    }

    private static void WriteBlock(TextWriter output, PruneReport report)
    {
        WriteLine(output, "Snapshots", $"{report.Snapshots}");
        WriteLine(output, "Packs", $"{report.Packs}, {ByteSize.Format(report.Bytes)}, of which {ByteSize.Format(report.UnusedBytes)} unused");
        if (report.SessionsAwaited.Count == 0)
        {
            WriteDone(output, report);
        }
        else if (report.PacksDeleted > 0)
        {
            // What other prunes had left to do.
            WriteLine(output, "Deleted", Amount(report.PacksDeleted, report.BytesDeleted));
        }

        if (report.SessionsEnded.Count > 0)
        {
            output.WriteLine($"ended {Backups(report.SessionsEnded)}, dead or begun too long ago");
        }

        if (report.SessionsAwaited.Count > 0)
        {
            string verb = report.SessionsAwaited.Count == 1 ? "is" : "are";
            output.WriteLine($"{Backups(report.SessionsAwaited)} {verb} still under way: the next prune completes the deletion");
        }

        if (report is { UnusedBytes: 0, PacksDeleted: 0, SessionsAwaited.Count: 0, Snapshots: > 0 })
        {
            output.WriteLine("the snapshots need all of it: 'dedup forget' says which of them may go");
        }

        if (report.IsDryRun)
        {
            if (report.IsLargeDeletion)
            {
                output.WriteLine("more than half of what is stored would go, which takes --allow-large-deletion");
            }

            output.WriteLine("dry run: nothing was changed");
        }
    }

    private static void WriteDone(TextWriter output, PruneReport report)
    {
        WriteLine(output, report.IsDryRun ? "To delete" : "Deleted", Amount(report.PacksDeleted, report.BytesDeleted));
        if (report.PacksRepacked > 0)
        {
            string written = $"{report.PacksRepacked} of them, what is needed into {report.PacksWritten} new, {ByteSize.Format(report.BytesWritten)}";
            WriteLine(output, report.IsDryRun ? "To rewrite" : "Rewritten", written);
        }

        WriteLine(output, report.IsDryRun ? "To free" : "Freed", Freed(report.BytesFreed));
        WriteLine(output, "Unused left", ByteSize.Format(report.UnusedBytesLeft));
    }

    private static string Amount(long packs, long bytes) => $"{packs} {(packs == 1 ? "pack" : "packs")}, {ByteSize.Format(bytes)}";

    // Merging many small packs can take a little more room than they did: packs are padded.
    private static string Freed(long bytes) => bytes >= 0 ? ByteSize.Format(bytes) : $"0 B, {ByteSize.Format(-bytes)} more stored than before";

    private static string Backups(IReadOnlyList<SnapshotId> sessions) =>
        $"{sessions.Count} {(sessions.Count == 1 ? "backup" : "backups")} ({string.Join(", ", sessions.Select(session => session.ToShortString()))})";

    private static void WriteLine(TextWriter output, string name, string value) => output.WriteLine($"{name + ":",-13}{value}");
}
