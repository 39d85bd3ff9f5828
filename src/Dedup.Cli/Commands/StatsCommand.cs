using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Looking;
using Dedup.Snapshots;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup stats</c>: how large a repository or a snapshot is, and what it costs.</summary>
internal sealed class StatsCommand : RepositoryCommand
{
    private const string RestoreSize = "restore-size", FilesByContents = "files-by-contents", BlobsPerFile = "blobs-per-file", RawData = "raw-data", Cost = "cost";

    private const int DefaultDirectories = 10;

    private readonly Argument<string?> _snapshot = new("SNAP") { Description = "Only this snapshot: 'latest', its id, or the beginning of it", Arity = ArgumentArity.ZeroOrOne };
    private readonly SnapshotFilterOptions _filter = new();
    private readonly Option<int?> _directories = PositiveNumber.Option("--directories", $"With --mode cost: tell so many directories of each kind [default: {DefaultDirectories}]");

    private readonly Option<string> _mode = new("--mode")
    {
        Description = $"What is counted: {RestoreSize}, what restoring writes; {FilesByContents}, files of equal content once; {BlobsPerFile}, blobs once for each path; "
            + $"{RawData}, blobs once, as they are stored; {Cost}, what SNAP alone needs and where it grew",
        HelpName = "MODE",
        DefaultValueFactory = _ => RestoreSize,
    };

    public StatsCommand()
        : base(
            "stats",
            "Show how large the repository is, what restoring a snapshot would write, and what it costs.",
            "dedup stats",
            "dedup stats latest --host web1",
            "dedup stats --mode raw-data",
            "dedup stats latest --mode cost --directories 20")
    {
        Arguments.Add(_snapshot);
        _filter.AddTo(this);
        _mode.AcceptOnlyFromAmong(RestoreSize, FilesByContents, BlobsPerFile, RawData, Cost);
        Options.Add(_mode);
        Options.Add(_directories);
    }

    protected override void Validate(CommandContext context)
    {
        bool isCost = context.Arguments.GetValue(_mode) == Cost;
        if (isCost && context.Arguments.GetValue(_snapshot) is null)
        {
            throw CliException.Usage("--mode cost tells what one snapshot costs: name it");
        }

        if (!isCost && context.Arguments.GetValue(_directories) is not null)
        {
            throw CliException.Usage("--directories is for --mode cost");
        }
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        SnapshotFilter filter = _filter.Read(context.Arguments);
        Snapshot? snapshot = context.Arguments.GetValue(_snapshot) is { } name ? await repository.FindSnapshotAsync(name, filter, cancellationToken) : null;
        switch (context.Arguments.GetValue(_mode))
        {
            case RestoreSize:
                Print(context, snapshot is null ? StatisticsDocument.From(await repository.ReadStatisticsAsync(filter, cancellationToken)) : StatisticsDocument.From(snapshot));
                break;
            case Cost:
                CostReport.Write(context, await repository.ReadCostAsync(snapshot!.Id, context.Arguments.GetValue(_directories) ?? DefaultDirectories, cancellationToken));
                break;
            case var mode:
                StatisticsMode counted = mode switch
                {
                    FilesByContents => StatisticsMode.FilesByContents,
                    BlobsPerFile => StatisticsMode.BlobsPerFile,
                    _ => StatisticsMode.RawData,
                };
                Print(context, StatisticsDocument.From(await repository.CountContentAsync(counted, snapshot?.Id, filter, cancellationToken)));
                break;
        }

        return ExitCodes.Done;
    }

    private static void Print(CommandContext context, StatisticsDocument statistics)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, statistics, CliJsonContext.Default.StatisticsDocument);
        }
        else
        {
            StatisticsReport.Write(context.Results, statistics);
        }
    }
}
