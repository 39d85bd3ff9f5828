using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Evidence;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup evidence list</c>: lists records.</summary>
internal sealed class EvidenceListCommand : RepositoryCommand
{
    private readonly Option<string?> _from = new("--from") { Description = "Only records of this time and later", HelpName = "TIME" };
    private readonly Option<string?> _to = new("--to") { Description = "Only records before this time", HelpName = "TIME" };

    public EvidenceListCommand()
        : base(
            "list",
            "List the records of what was done, oldest first.",
            "dedup evidence list",
            "dedup evidence list --from 2026-11-01 --json")
    {
        Options.Add(_from);
        Options.Add(_to);
    }

    protected override void Validate(CommandContext context)
    {
        TimeArgument.Read(context.Arguments.GetValue(_from), "--from");
        TimeArgument.Read(context.Arguments.GetValue(_to), "--to");
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        DateTimeOffset from = TimeArgument.Read(context.Arguments.GetValue(_from), "--from") ?? DateTimeOffset.MinValue;
        DateTimeOffset to = TimeArgument.Read(context.Arguments.GetValue(_to), "--to") ?? DateTimeOffset.MaxValue;
        EvidenceRecord[] records = [.. (await repository.ReadEvidenceAsync(cancellationToken)).Where(record => record.Time >= from && record.Time < to)];
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, [.. records.Select(EvidenceDocument.From)], CliJsonContext.Default.EvidenceDocumentArray);
            return ExitCodes.Done;
        }

        ResultTable table = new ResultTable().Number("No").Fixed("Time").Fixed("Action").Folding("Object").Fixed("Result").Folding("By").Folding("Remarks");
        foreach (EvidenceRecord record in records)
        {
            table.AddRow(
                [$"{record.Number}"], [NodeText.LocalTime(record.Time)], [EvidenceDocument.Word(record.Action)], [record.Object], [EvidenceDocument.Word(record.Result)],
                [$"{record.Actor}@{record.Host}"], [Remarks(record)]);
        }

        table.Write(context.Results);
        context.Results.WriteLine($"{records.Length} records");
        return ExitCodes.Done;
    }

    private static string Remarks(EvidenceRecord record) => string.Join(", ", new[]
    {
        record.Chain == 0 ? "" : $"in the replica {record.Place}",
        record.IsLate ? "recorded late" : "",
        record.IsClockDoubtful ? "clock doubtful" : "",
        record.Details.FindText(EvidenceFields.Reason) ?? "",
    }.Where(static remark => remark.Length > 0));
}
