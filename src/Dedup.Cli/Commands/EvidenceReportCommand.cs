using System.CommandLine;
using System.Text;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Evidence;
using Dedup.Policy.Reporting;
using Dedup.Recording;
using Dedup.Storage;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup evidence report</c>: reports on a period.</summary>
internal sealed class EvidenceReportCommand : CliCommand
{
    private const string Html = "html", Json = "json", Csv = "csv", English = "en", Dutch = "nl";

    private readonly Option<string?> _from = new("--from") { Description = "When the period begins [default: with the first record]", HelpName = "TIME" };
    private readonly Option<string?> _to = new("--to") { Description = "When the period ends [default: now]", HelpName = "TIME" };
    private readonly Option<string> _language = new("--language") { Description = "en for English, nl for Dutch", HelpName = "LANGUAGE", DefaultValueFactory = _ => English };
    private readonly Option<string> _format = new("--format") { Description = "html, json or csv", HelpName = "FORMAT", DefaultValueFactory = _ => Html };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The file; '-' for standard output", HelpName = "FILE", DefaultValueFactory = _ => EvidenceOutput.StandardOutputName };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Replace the file if it is there" };
    private readonly Option<string?> _file = new("--file") { Description = "Report on this export and no repository: no password is needed", HelpName = "FILE" };

    public EvidenceReportCommand()
        : base(
            "report",
            "Report on a period: policy, recovery points and gaps, drills, copies, reading back, what was forgotten, keys, tampering.",
            "dedup evidence report --from 2026-01-01 --to 2027-01-01 --output 2026.html",
            "dedup evidence report --language nl --output bewijs.html",
            "dedup evidence report --file evidence-2026.jsonl --format csv -o 2026.csv")
    {
        _language.AcceptOnlyFromAmong(English, Dutch);
        _format.AcceptOnlyFromAmong(Html, Json, Csv);
        foreach (Option option in (Option[])[_from, _to, _language, _format, _output, _force, _file])
        {
            Options.Add(option);
        }
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        DateTimeOffset? from = TimeArgument.Read(context.Arguments.GetValue(_from), "--from");
        DateTimeOffset to = TimeArgument.Read(context.Arguments.GetValue(_to), "--to") ?? now;
        if (from > to || from > now)
        {
            throw CliException.Usage($"--from {context.Arguments.GetValue(_from)}: is later than the end of the period, or still to come; name an earlier time");
        }

        string file = context.Arguments.GetValue(_output)!, format = context.Arguments.GetValue(_format)!;
        EvidenceReportInput input = await ReadAsync(context, now, to, cancellationToken);
        DateTimeOffset end = to < now ? to : now;
        DateTimeOffset begin = from ?? (input.Records.Count > 0 && input.Records[0].Time < end ? input.Records[0].Time : end);
        EvidenceReport report = EvidenceReportBuilder.Build(input with { From = begin });
        await EvidenceOutput.WriteAsync(file, context.Arguments.GetValue(_force), output => WriteAsync(context, report, format, output));
        if (file != EvidenceOutput.StandardOutputName)
        {
            Tell(context, input, report, format, file);
        }

        return report.Verification.IsIntact ? ExitCodes.Done : ExitCodes.Failed;
    }

    private async Task<EvidenceReportInput> ReadAsync(CommandContext context, DateTimeOffset now, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (context.Arguments.GetValue(_file) is { } file)
        {
            ExportedEvidence export = await EvidenceVerifyCommand.ReadAsync("--file", file, null, cancellationToken);
            return Input(export.Records, export.Verification, export.Repository, file);
        }

        await using IObjectStore store = await RepositoryAccess.OpenStoreAsync(context, RepositoryAccess.Location(context.Settings), cancellationToken);
        await using Repository repository = await RepositoryAccess.OpenAsync(context, store, cancellationToken);
        EvidenceVerification verification = await repository.VerifyEvidenceAsync(cancellationToken);
        return Input(await repository.ReadEvidenceAsync(cancellationToken), verification, repository.Id, repository.Location);

        EvidenceReportInput Input(IReadOnlyList<EvidenceRecord> records, EvidenceVerification found, string id, string location) => new()
        {
            Records = records,
            Verification = found,
            Repository = id,
            Location = location,
            From = to,
            To = to,
            Now = now,
        };
    }

    private async Task WriteAsync(CommandContext context, EvidenceReport report, string format, Stream output)
    {
        if (format == Json)
        {
            JsonReportWriter.Write(report, output);
            return;
        }

        ReportLanguage language = context.Arguments.GetValue(_language) == Dutch ? ReportLanguage.Dutch : ReportLanguage.English;
        await using StreamWriter writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        if (format == Csv)
        {
            CsvReportWriter.Write(report, language, writer);
        }
        else
        {
            HtmlReportWriter.Write(report, language, writer);
        }
    }

    private static void Tell(CommandContext context, EvidenceReportInput input, EvidenceReport report, string format, string file)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(
                context.Results, new EvidenceReportMessage(input.Records.Count, report.Verification.IsIntact, format, file), CliJsonContext.Default.EvidenceReportMessage);
        }
        else if (context.IsChatty)
        {
            context.Results.WriteLine(
                $"reported on {NodeText.LocalTime(report.From)} to {NodeText.LocalTime(report.To)} in {TerminalText.Escape(file)}, from {input.Records.Count} records"
                + (report.Verification.IsIntact ? "" : "; the evidence was TAMPERED WITH, or is damaged: run 'evidence verify'"));
        }
    }
}
