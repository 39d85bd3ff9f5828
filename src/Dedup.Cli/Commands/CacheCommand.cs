using System.CommandLine;
using System.Globalization;
using Dedup.Cli.Json;
using Dedup.Cli.Output;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup cache</c>: the catalogues on this machine.</summary>
internal sealed class CacheCommand : CliCommand
{
    private readonly Option<bool> _cleanup = new("--cleanup") { Description = "Delete them; they are made anew from the repositories when needed" };

    public CacheCommand()
        : base("cache", "List the catalogues that this machine keeps of repositories, or delete them.", "dedup cache", "dedup cache --cleanup") => Options.Add(_cleanup);

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<CatalogueInfo> catalogues = LocalCatalogues.List(context.Settings.CacheDirectory);
        if (context.Arguments.GetValue(_cleanup))
        {
            foreach (CatalogueInfo catalogue in catalogues)
            {
                cancellationToken.ThrowIfCancellationRequested();
                LocalCatalogues.Delete(catalogue);
            }
        }

        Write(context, catalogues, context.Arguments.GetValue(_cleanup) ? "deleted" : "in all");
        return Task.FromResult(ExitCodes.Done);
    }

    private static void Write(CommandContext context, IReadOnlyList<CatalogueInfo> catalogues, string outcome)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(
                context.Results,
                [.. catalogues.Select(catalogue => new CacheDocument(catalogue.RepositoryId, catalogue.Path, catalogue.Length, catalogue.LastUsed))],
                CliJsonContext.Default.CacheDocumentArray);
            return;
        }

        if (catalogues.Count > 0)
        {
            ResultTable table = new ResultTable().Fixed("Repository").Fixed("Last used").Number("Size").Folding("Folder");
            foreach (CatalogueInfo catalogue in catalogues)
            {
                table.AddRow([catalogue.RepositoryId[..8]], [NodeText.LocalTime(catalogue.LastUsed)], [ByteSize.Format(catalogue.Length)], [catalogue.Path]);
            }

            table.Write(context.Results);
        }

        if (context.IsChatty)
        {
            string size = ByteSize.Format(catalogues.Sum(catalogue => catalogue.Length));
            context.Results.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{catalogues.Count} {(catalogues.Count == 1 ? "catalogue" : "catalogues")}, {size} {outcome}"));
        }
    }
}
