using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Looking;
using Dedup.Snapshots;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup diff</c>: how two snapshots differ.</summary>
internal sealed class DiffCommand : RepositoryCommand
{
    private readonly Argument<string> _source = new("SNAP[:PATH]") { Description = "The first snapshot: 'latest', its id, or the beginning of it; with a path: only that part" };
    private readonly Argument<string> _target = new("SNAP[:PATH] ") { Description = "The second" };
    private readonly Option<bool> _metadata = new("--metadata") { Description = "Tell too of which files and directories only the metadata differs" };

    public DiffCommand()
        : base(
            "diff",
            "Show how two snapshots differ: + added, - removed, M content, T type, U metadata, ? content that differs though the file system did not say so.",
            "dedup diff 1a2b3c4d latest",
            "dedup diff 1a2b3c4d:/home/ann latest:/home/ann --metadata")
    {
        Arguments.Add(_source);
        Arguments.Add(_target);
        Options.Add(_metadata);
    }

    protected override void Validate(CommandContext context)
    {
        SnapshotArguments.Split(context.Arguments.GetValue(_source)!);
        SnapshotArguments.Split(context.Arguments.GetValue(_target)!);
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        SnapshotPlace source = await FindAsync(repository, context.Arguments.GetValue(_source)!, cancellationToken);
        SnapshotPlace target = await FindAsync(repository, context.Arguments.GetValue(_target)!, cancellationToken);
        using StreamWriter output = new(StandardOutput.Open(), bufferSize: 1 << 15);
        SnapshotDifference difference = await repository.CompareAsync(
            source, target, context.Arguments.GetValue(_metadata), change => DifferenceReport.Write(output, change, context.IsJson), cancellationToken);
        if (context.IsJson)
        {
            output.Write(JsonOutput.Serialize(DifferenceMessage.From(source, target, difference), CliJsonContext.Default.DifferenceMessage) + "\n");
        }
        else if (context.IsChatty)
        {
            DifferenceReport.WriteSummary(output, difference);
        }

        return ExitCodes.Done;
    }

    private static async Task<SnapshotPlace> FindAsync(Repository repository, string text, CancellationToken cancellationToken)
    {
        (string name, string? path) = SnapshotArguments.Split(text);
        return new SnapshotPlace((await repository.FindSnapshotAsync(name, SnapshotFilter.All, cancellationToken)).Id, path);
    }
}
