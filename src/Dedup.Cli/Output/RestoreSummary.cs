using Dedup.Cli.Json;
using Dedup.Restore;
using Dedup.Snapshots;

namespace Dedup.Cli.Output;

/// <summary>Says at the end what a restore did, or would do.</summary>
internal static class RestoreSummary
{
    public static void Write(CommandContext context, Snapshot snapshot, string target, RestoreOptions options, RestoreResult result, TimeSpan duration)
    {
        foreach (RestoreProblem problem in result.Problems)
        {
            context.Errors.WriteProblem(problem.Severity, "restore", problem.Path, problem.Reason);
        }

        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, RestoreSummaryMessage.From(result, options, duration), CliJsonContext.Default.RestoreSummaryMessage);
        }
        else if (context.IsChatty)
        {
            context.Results.WriteLine(
                $"{(options.IsDryRun ? "would restore" : "restored")} {result.Entries} files and directories, {ByteSize.Format(result.Bytes)}, "
                + $"of snapshot {snapshot.Id.ToShortString()} to {TerminalText.Escape(target)} in {DurationText.Format(duration)}{Details(options, result)}");
        }
    }

    private static string Details(RestoreOptions options, RestoreResult result)
    {
        List<string> details = [];
        if (result.EntriesSkipped > 0)
        {
            details.Add($"{result.EntriesSkipped} ({ByteSize.Format(result.BytesSkipped)}) were there and stay");
            if (!options.IsDryRun)
            {
                details.Add($"wrote {ByteSize.Format(result.BytesWritten)}");
            }
        }

        if (result.EntriesDeleted > 0)
        {
            details.Add($"{(options.IsDryRun ? "would delete" : "deleted")} {result.EntriesDeleted}");
        }

        if (options.Verify && !options.IsDryRun)
        {
            details.Add($"verified {result.FilesVerified} files");
        }

        if (result.Errors > 0)
        {
            details.Add(result.Errors == 1 ? "1 error" : $"{result.Errors} errors");
        }

        return details.Count == 0 ? "" : "; " + string.Join("; ", details);
    }
}
