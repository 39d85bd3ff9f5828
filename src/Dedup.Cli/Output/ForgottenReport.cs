using System.Globalization;
using Dedup.Cli.Json;
using Dedup.Snapshots;

namespace Dedup.Cli.Output;

/// <summary>The records of forgotten snapshots: which, who did it, when, and by which rule.</summary>
internal static class ForgottenReport
{
    public static void Write(CommandContext context, IReadOnlyList<ForgottenSnapshot> records)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, [.. records.Select(ForgottenDocument.From)], CliJsonContext.Default.ForgottenDocumentArray);
            return;
        }

        if (records.Count > 0)
        {
            WriteTable(context.Results, records);
        }

        if (context.IsChatty)
        {
            context.Results.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{records.Count} forgotten {(records.Count == 1 ? "snapshot" : "snapshots")}"));
        }
    }

    private static void WriteTable(TextWriter output, IReadOnlyList<ForgottenSnapshot> records)
    {
        ResultTable table = new ResultTable()
            .Fixed("ID").Fixed("Time").Folding("Host").Folding("Tags").Folding("Paths").Fixed("Forgotten").Folding("By").Folding("Rule");
        foreach (ForgottenSnapshot record in records)
        {
            table.AddRow(
                [record.Id.ToShortString()],
                [record.Paths.Count > 0 ? NodeText.LocalTime(record.Time) : "lost"],
                [record.Host],
                [string.Join(',', record.Tags)],
                record.Paths,
                [NodeText.LocalTime(record.ForgottenAt)],
                [$"{record.ByUser}@{record.ByHost}"],
                [record.Rule]);
        }

        table.Write(output);
    }
}
