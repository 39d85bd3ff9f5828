using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Restore;
using Dedup.Snapshots;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup restore</c>: writes what a snapshot holds into a folder.</summary>
internal sealed class RestoreCommand : RepositoryCommand
{
    private readonly Argument<string> _snapshot = new("SNAP[:PATH]") { Description = "A snapshot: 'latest', its id, or the beginning of it; with a path: only that file or directory" };
    private readonly Option<string> _target = new("--target", "-t") { Description = "The folder to restore into; made when it is missing", HelpName = "DIR", Required = true };
    private readonly SnapshotFilterOptions _filter = new();

    public RestoreCommand()
        : base(
            "restore",
            "Restore a snapshot, or a part of it, into a folder.",
            "dedup restore latest --target /tmp/restored",
            "dedup restore 1a2b3c4d:/home/ann --target /tmp/ann",
            "dedup restore latest --host web1 --target /")
    {
        Arguments.Add(_snapshot);
        Options.Add(_target);
        _filter.AddTo(this);
    }

    protected override void Validate(CommandContext context)
    {
        Split(context);
        if (context.Arguments.GetValue(_target) is "")
        {
            throw CliException.Usage("--target is empty: name the folder to restore into");
        }
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        (string name, string? path) = Split(context);
        string target = Path.GetFullPath(context.Arguments.GetValue(_target)!);
        Snapshot snapshot = await repository.FindSnapshotAsync(name, _filter.Read(context.Arguments), cancellationToken);
        RestoreResult result;
        TimeSpan duration;
        using (RestoreProgressView progress = new(context))
        {
            result = await repository.RestoreAsync(snapshot.Id, target, new RestoreOptions { Path = path }, progress, cancellationToken);
            duration = progress.Elapsed;
        }

        foreach (RestoreProblem problem in result.Problems)
        {
            context.Errors.WriteProblem(problem.Severity, "restore", problem.Path, problem.Reason);
        }

        WriteSummary(context, snapshot, target, result, duration);
        return result.IsComplete ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static void WriteSummary(CommandContext context, Snapshot snapshot, string target, RestoreResult result, TimeSpan duration)
    {
        if (context.IsJson)
        {
            long errors = result.Problems.LongCount(problem => problem.Severity == ProblemSeverity.Error);
            JsonOutput.WriteLine(
                context.Results,
                new RestoreSummaryMessage(duration.TotalSeconds, result.Entries, result.Bytes, errors),
                CliJsonContext.Default.RestoreSummaryMessage);
        }
        else if (context.IsChatty)
        {
            context.Results.WriteLine(
                $"restored {result.Entries} files and directories, {ByteSize.Format(result.Bytes)}, of snapshot {snapshot.Id.ToShortString()} "
                + $"to {TerminalText.Escape(target)} in {DurationText.Format(duration)}");
        }
    }

    private (string Snapshot, string? Path) Split(CommandContext context) => SnapshotArguments.Split(context.Arguments.GetValue(_snapshot)!);
}
