using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Repairing;
using Dedup.Storage;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup repair packs</c>: copies what is whole out of damaged packs, and what is not from a replica.</summary>
internal sealed class RepairPacksCommand : RepositoryCommand
{
    private const string Prefix = "packs/";

    private readonly Argument<string[]> _packs = new("PACK") { Description = "The packs that check named, as it named them [default: all, which reads everything]", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _from = new("--from") { Description = "A copy of this repository, from which damaged and missing data is taken", HelpName = "REPO" };
    private readonly Option<bool> _dryRun = RepairCommand.DryRun();

    public RepairPacksCommand()
        : base(
            "packs",
            "Copy what is still whole in damaged packs into new ones, and take the rest from a copy of the repository.",
            "dedup repair packs",
            "dedup repair packs --from /mnt/copy",
            "dedup repair packs --dry-run packs/9f3c...")
    {
        Arguments.Add(_packs);
        Options.Add(_from);
        Options.Add(_dryRun);
    }

    protected override void Validate(CommandContext context) => ReadPacks(context.Arguments);

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        string? from = context.Arguments.GetValue(_from);
        await using IObjectStore? replica = from is null ? null : await OpenReplicaAsync(context, from, cancellationToken);
        PackRepairOptions options = new()
        {
            IsDryRun = context.Arguments.GetValue(_dryRun),
            Packs = ReadPacks(context.Arguments),
            Replica = replica,
        };
        PackRepairReport report = await repository.RepairPacksAsync(options, cancellationToken);
        context.Errors.WriteProblems(report.Problems);
        WriteSummary(context, report, options.IsDryRun);
        return report.IsComplete ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static void WriteSummary(CommandContext context, PackRepairReport report, bool isDryRun)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(
                context.Results,
                new PackRepairMessage(isDryRun, report.PacksRead, report.BytesRead, report.PacksDamaged, report.BlobsSalvaged, report.BlobsHealed, report.BlobsLost),
                CliJsonContext.Default.PackRepairMessage);
        }
        else if (context.IsChatty)
        {
            string would = isDryRun ? "would be " : "";
            context.Results.WriteLine($"{report.PacksRead} packs, {ByteSize.Format(report.BytesRead)} read; {report.PacksDamaged} of them are damaged");
            context.Results.WriteLine(
                $"{report.BlobsSalvaged} blobs {would}saved from damaged packs, {report.BlobsHealed} {would}taken from the copy, {report.BlobsLost} lost");
        }
    }

    private static async Task<IObjectStore> OpenReplicaAsync(CommandContext context, string path, CancellationToken cancellationToken) =>
        path.Length == 0 ? throw CliException.Usage("--from is empty: name the place of a copy of this repository")
        : await RepositoryAccess.FindStoreAsync(context, RepositoryAccess.Location(path), cancellationToken)
            ?? throw new RepositoryNotFoundException($"{path}: there is no repository here; give --from the place of a copy of this repository");

    private PackId[] ReadPacks(ParseResult arguments) => Array.ConvertAll(
        arguments.GetValue(_packs) ?? [],
        text => PackId.TryParse(text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text, out PackId pack)
            ? pack
            : throw CliException.Usage($"{text}: is no pack; give names as check prints them, such as packs/9f3c... with all 64 digits"));
}
