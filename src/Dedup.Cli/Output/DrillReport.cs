using System.Globalization;
using Dedup.Cli.Json;
using Dedup.Policy.Drills;
using Dedup.Policy.Sources;

namespace Dedup.Cli.Output;

/// <summary>Says what a drill proved, or what it found.</summary>
internal static class DrillReport
{
    public static void Write(CommandContext context, DrillResult result)
    {
        foreach (DrillFinding finding in result.Findings)
        {
            context.Errors.WriteProblem(finding.Severity, "drill", finding.Subject, finding.Message);
        }

        if (result.MeetsObjective == false)
        {
            context.Errors.WriteProblem(
                ProblemSeverity.Error, "drill", "recovery time", $"{DurationText.Format(result.RecoveryTime!.Whole)} where {DurationText.Format(result.Objective!.Value)} are allowed");
        }

        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, DrillSummaryMessage.From(result), CliJsonContext.Default.DrillSummaryMessage);
        }
        else if (context.IsChatty)
        {
            foreach (string line in Lines(result))
            {
                context.Results.WriteLine(TerminalText.Escape(line));
            }
        }
    }

    private static IEnumerable<string> Lines(DrillResult result)
    {
        if (result.Snapshot is { } snapshot)
        {
            string key = result.KeySlot is { } slot ? $", opened with key {slot.Id[..8]} ({slot.Label})" : "";
            yield return $"drill of snapshot {snapshot.Id.ToShortString()} of {NodeText.LocalTime(snapshot.Time)} ({SourceKinds.NameOf(result.Kind)}) from {result.Place}{key}";
        }

        if (result.IsSample && result.Files > 0)
        {
            yield return $"sample of {result.Files} of {result.TotalFiles} files, {ByteSize.Format(result.Bytes)} of {ByteSize.Format(result.TotalBytes)}, drawn with --seed {result.Seed}";
        }

        foreach (DrillPhase phase in result.Phases)
        {
            string amount = phase.Bytes > 0 ? string.Create(CultureInfo.InvariantCulture, $", {phase.Files} files, {ByteSize.Format(phase.Bytes)}") : "";
            yield return $"  {KindText.Of(phase.Kind).Replace('_', ' ')}: {Seconds(phase.Duration)}{amount}";
        }

        foreach (string note in result.Notes)
        {
            yield return $"  {note}";
        }

        if (result.RecoveryTime is { } time)
        {
            yield return $"recovery takes {Seconds(time.Whole)} ({time.Explanation})";
        }

        int errors = result.Findings.Count(static finding => finding.Severity == ProblemSeverity.Error) + (result.MeetsObjective == false ? 1 : 0);
        yield return errors == 0 ? "the drill succeeded" : $"THE DRILL FAILED: {(errors == 1 ? "1 error" : $"{errors} errors")}";
    }

    private static string Seconds(TimeSpan duration) => duration.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.00} s")
        : DurationText.Format(duration);
}
