using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Looking;
using Dedup.Trees;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup history</c>: the versions of a file over all snapshots.</summary>
internal sealed class HistoryCommand : RepositoryCommand
{
    private readonly Argument<string> _path = new("PATH") { Description = "A file or directory inside the snapshots" };
    private readonly SnapshotFilterOptions _filter = new();

    public HistoryCommand()
        : base(
            "history",
            "List the versions of a file over all snapshots: since which and until which it was so, and where it was deleted.",
            "dedup history /home/ann/notes.txt",
            "dedup history /etc/fstab --host web1 --json")
    {
        Arguments.Add(_path);
        _filter.AddTo(this);
    }

    protected override void Validate(CommandContext context) => ReadPath(context);

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        string path = ReadPath(context);
        FileHistory history = await repository.ReadHistoryAsync(path, _filter.Read(context.Arguments), cancellationToken);
        context.Errors.WriteProblems(history.Problems);
        if (history.Versions.Count == 0)
        {
            throw new PathNotFoundException(path, "no snapshot has it; 'dedup find' looks for names");
        }

        if (context.IsJson)
        {
            JsonOutput.WriteLine(
                context.Results, [.. history.Versions.Select(version => FileVersionDocument.From(path, version))], CliJsonContext.Default.FileVersionDocumentArray);
        }
        else
        {
            WriteTable(context.Results, history.Versions);
        }

        return history.Problems.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static void WriteTable(TextWriter output, IReadOnlyList<FileVersion> versions)
    {
        ResultTable table = new ResultTable().Folding("Host").Fixed("Change").Fixed("First").Fixed("Since").Fixed("Last").Fixed("Until").Number("Snapshots").Number("Size").Fixed("Modified");
        foreach (FileVersion version in versions)
        {
            NodeMetadata? metadata = version.Node?.Metadata;
            table.AddRow(
                [version.First.Host],
                [KindText.Of(version.Kind).Replace('_', ' ')],
                [version.First.Id.ToShortString()],
                [NodeText.LocalTime(version.First.Time)],
                [version.Last.Id.ToShortString()],
                [NodeText.LocalTime(version.Last.Time)],
                [FormattableString.Invariant($"{version.Snapshots}")],
                [metadata is null ? "" : metadata.Type == NodeType.Directory ? ByteSize.Format(version.Node!.Totals.Bytes) : ByteSize.Format(metadata.Size)],
                [metadata is null ? "" : NodeText.LocalTime(NodeText.Time(metadata.ModifiedNs))]);
        }

        table.Write(output);
    }

    private string ReadPath(CommandContext context) =>
        SnapshotArguments.ToSnapshotPath(context.Arguments.GetValue(_path))
        ?? throw CliException.Usage("the root of a snapshot has no versions: name a file or directory");
}
