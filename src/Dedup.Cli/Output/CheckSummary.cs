using Dedup.Maintenance;

namespace Dedup.Cli.Output;

/// <summary>The end of a check, for people.</summary>
internal static class CheckSummary
{
    public static void Write(TextWriter writer, CheckReport report, int? seed)
    {
        string read = report.PacksRead == 0 ? "" : $"; {report.PacksRead} packs, {ByteSize.Format(report.BytesRead)} read whole";
        string picked = seed is null ? "" : $" (picked with --seed {seed})";
        writer.WriteLine($"checked {report.Snapshots} snapshots, {report.Packs} packs, {report.Blobs} blobs{read}{picked}");
        WriteVerification(writer, report.Verification);
        long errors = report.Findings.LongCount(finding => finding.IsDamage);
        writer.WriteLine(errors == 0 ? "no errors were found" : $"{errors} {(errors == 1 ? "error was" : "errors were")} found");
    }

    private static void WriteVerification(TextWriter writer, VerificationState state)
    {
        if (state.UnverifiedPacks > 0)
        {
            string when = state.Period is { } period ? $"for {AgeText(period)}" : "ever";
            string never = state.Period is null || state.NeverVerifiedPacks == 0 ? "" : $", {state.NeverVerifiedPacks} of them never";
            writer.WriteLine(
                $"{state.UnverifiedPacks} packs, {ByteSize.Format(state.UnverifiedBytes)}, were not read and found whole on this machine {when}{never}");
        }

        if (state.OldestAge is { TotalHours: >= 1 } age)
        {
            writer.WriteLine($"the oldest reading that counts is {AgeText(age)} old");
        }
    }

    private static string AgeText(TimeSpan age) => age.TotalDays >= 1 ? Count((long)age.TotalDays, "day")
        : Count((long)age.TotalHours, "hour");

    private static string Count(long number, string unit) => $"{number} {unit}{(number == 1 ? "" : "s")}";
}
