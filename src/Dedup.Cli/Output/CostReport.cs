using Dedup.Cli.Json;
using Dedup.Looking;

namespace Dedup.Cli.Output;

/// <summary>What a snapshot costs.</summary>
internal static class CostReport
{
    public static void Write(CommandContext context, SnapshotCost cost)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, CostDocument.From(cost), CliJsonContext.Default.CostDocument);
            return;
        }

        TextWriter output = context.Results;
        StatisticsReport.WriteLine(output, "Snapshot", $"{cost.Snapshot.Id.ToShortString()} from {NodeText.LocalTime(cost.Snapshot.Time)}");
        StatisticsReport.WriteLine(output, "Files", cost.Snapshot.Statistics.TotalFiles);
        StatisticsReport.WriteLine(output, "Restore size", ByteSize.Format(cost.Snapshot.Statistics.TotalBytes));
        StatisticsReport.WriteLine(output, "Stored", FormattableString.Invariant($"{ByteSize.Format(cost.Stored.Bytes)} in {cost.Stored.Blobs} blobs, {cost.DeduplicationRatio:0.00}x less"));
        StatisticsReport.WriteLine(output, "Alone", FormattableString.Invariant($"{ByteSize.Format(cost.UniqueBytes)} in {cost.UniqueBlobs} blobs that no other snapshot needs"));
        StatisticsReport.WriteLine(output, "Grew", cost.Before is { } before ? $"{Signed(cost.Growth!.Value)} since {before.Id.ToShortString()}" : null);
        if (cost.Directories.Count > 0)
        {
            ResultTable table = new ResultTable().Number("Size").Number("Files").Number("Alone").Number("Grew").Folding("Directory");
            foreach (DirectoryCost directory in cost.Directories)
            {
                table.AddRow(
                    [ByteSize.Format(directory.Totals.Bytes)],
                    [FormattableString.Invariant($"{directory.Totals.Files}")],
                    [ByteSize.Format(directory.UniqueBytes)],
                    [cost.Before is null ? "" : Signed(directory.GrowthBytes)],
                    [directory.Path]);
            }

            table.Write(output);
        }
    }

    private static string Signed(long bytes) => (bytes < 0 ? "-" : "+") + ByteSize.Format(Math.Abs(bytes));
}
