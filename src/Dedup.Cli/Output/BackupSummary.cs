using System.Globalization;
using Dedup.Backup;
using Dedup.Cli.Json;
using Dedup.Snapshots;

namespace Dedup.Cli.Output;

/// <summary>What is said at the end of a backup.</summary>
internal static class BackupSummary
{
    public static void Write(CommandContext context, BackupResult result, bool isDryRun, TimeSpan duration)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, BackupSummaryMessage.From(result, isDryRun, duration), CliJsonContext.Default.BackupSummaryMessage);
        }
        else if (context.IsChatty)
        {
            WriteBlock(context.Results, result, isDryRun, duration);
        }
    }

    private static void WriteBlock(TextWriter output, BackupResult result, bool isDryRun, TimeSpan duration)
    {
        Snapshot snapshot = result.Snapshot;
        BackupStatistics statistics = snapshot.Statistics;
        output.WriteLine(snapshot.Parent.IsZero
            ? "no parent snapshot found, all files were read"
            : $"using parent snapshot {snapshot.Parent.ToShortString()}");
        output.WriteLine();
        output.WriteLine(Counts("Files:", statistics.FilesNew, statistics.FilesChanged, statistics.FilesUnmodified));
        output.WriteLine(Counts("Dirs:", statistics.DirectoriesNew, statistics.DirectoriesChanged, statistics.DirectoriesUnmodified));
        output.WriteLine($"{(isDryRun ? "Would add" : "Added")} to the repository: {ByteSize.Format(statistics.DataAdded)} ({ByteSize.Format(statistics.DataAddedPacked)} stored)");
        output.WriteLine();
        output.WriteLine($"processed {statistics.TotalFiles} files, {ByteSize.Format(statistics.TotalBytes)} in {DurationText.Format(duration)}");
        output.WriteLine(result.IsCommitted ? $"snapshot {snapshot.Id.ToShortString()} saved"
            : isDryRun ? "dry run: nothing was stored, and no snapshot made"
            : $"nothing changed since snapshot {snapshot.Parent.ToShortString()}: no snapshot made");
    }

    private static string Counts(string what, long added, long changed, long unmodified) =>
        string.Create(CultureInfo.InvariantCulture, $"{what,-6} {added,11} new, {changed,9} changed, {unmodified,9} unmodified");
}
