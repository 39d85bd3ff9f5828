using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Snapshots;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup stats</c>: how large a repository or a snapshot is.</summary>
internal sealed class StatsCommand : RepositoryCommand
{
    private readonly Argument<string?> _snapshot = new("SNAP") { Description = "Only this snapshot: 'latest', its id, or the beginning of it", Arity = ArgumentArity.ZeroOrOne };
    private readonly SnapshotFilterOptions _filter = new();

    public StatsCommand()
        : base("stats", "Show how large the repository is, or what restoring a snapshot would write.", "dedup stats", "dedup stats latest --host web1")
    {
        Arguments.Add(_snapshot);
        _filter.AddTo(this);
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        SnapshotFilter filter = _filter.Read(context.Arguments);
        StatisticsDocument statistics = context.Arguments.GetValue(_snapshot) is { } name
            ? Of(await repository.FindSnapshotAsync(name, filter, cancellationToken))
            : Of(await repository.ReadStatisticsAsync(filter, cancellationToken));
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, statistics, CliJsonContext.Default.StatisticsDocument);
        }
        else
        {
            Write(context.Results, statistics);
        }

        return ExitCodes.Done;
    }

    private static StatisticsDocument Of(Snapshot snapshot) =>
        new(snapshot.Statistics.TotalBytes, snapshot.Statistics.TotalFiles, SnapshotsCount: 1);

    private static StatisticsDocument Of(RepositoryStatistics statistics) => new(
        statistics.RestoreBytes,
        statistics.RestoreFiles,
        statistics.Snapshots,
        statistics.StoredBytes,
        statistics.Blobs,
        statistics.Packs);

    private static void Write(TextWriter output, StatisticsDocument statistics)
    {
        WriteLine(output, "Snapshots", $"{statistics.SnapshotsCount}");
        WriteLine(output, "Files", $"{statistics.TotalFileCount}");
        WriteLine(output, "Restore size", ByteSize.Format(statistics.TotalSize));
        if (statistics.TotalStoredSize is { } stored)
        {
            WriteLine(output, "Packs", $"{statistics.TotalPackCount}");
            WriteLine(output, "Blobs", $"{statistics.TotalBlobCount}");
            WriteLine(output, "Stored", ByteSize.Format(stored));
        }
    }

    private static void WriteLine(TextWriter output, string name, string value) => output.WriteLine($"{name + ":",-14}{value}");
}
