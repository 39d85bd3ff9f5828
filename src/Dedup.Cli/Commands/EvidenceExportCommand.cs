using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup evidence export</c>: writes the evidence for who has no password.</summary>
internal sealed class EvidenceExportCommand : RepositoryCommand
{
    private readonly LocalPathArgument<string> _file = new("FILE") { Description = "The file, lines of JSON; '-' for standard output" };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Replace the file if it is there" };

    public EvidenceExportCommand()
        : base(
            "export",
            "Write all records into a file that an auditor can verify with the public key alone, without the password.",
            "dedup evidence export evidence-2026.jsonl",
            "dedup evidence export - | gzip > evidence.jsonl.gz")
    {
        Arguments.Add(_file);
        Options.Add(_force);
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        string file = context.Arguments.GetValue(_file)!;
        long records = 0;
        await EvidenceOutput.WriteAsync(
            file, context.Arguments.GetValue(_force), async output => records = await repository.ExportEvidenceAsync(output, cancellationToken));
        if (file == EvidenceOutput.StandardOutputName)
        {
            return ExitCodes.Done;
        }

        if (context.IsJson)
        {
            JsonOutput.WriteLine(
                context.Results, new EvidenceExportMessage(records, repository.EvidencePublicKey, file), CliJsonContext.Default.EvidenceExportMessage);
        }
        else if (context.IsChatty)
        {
            context.Results.WriteLine($"exported {records} records to {TerminalText.Escape(file)}; note the public key elsewhere: {repository.EvidencePublicKey}");
        }

        return ExitCodes.Done;
    }
}
