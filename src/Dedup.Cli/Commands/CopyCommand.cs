using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Copying;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup copy</c>: copies snapshots into another repository.</summary>
internal sealed class CopyCommand : RepositoryCommand
{
    private readonly Argument<string[]> _snapshots = new("SNAP") { Description = "The snapshots: 'latest', ids, or beginnings of them [default: all]", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _to = new("--to") { Description = "The repository to copy into, made with 'init'", HelpName = "REPO", Required = true };
    private readonly OtherPasswordOptions _password = new("to");
    private readonly SnapshotFilterOptions _filter = new();

    public CopyCommand()
        : base(
            "copy",
            "Copy snapshots into another repository, which has a password and keys of its own.",
            "dedup copy --to /mnt/other --to-password-file /root/other-password",
            "dedup copy --to /mnt/other latest --host web1")
    {
        Arguments.Add(_snapshots);
        Options.Add(_to);
        _password.AddTo(this);
        _filter.AddTo(this);
    }

    protected override void Validate(CommandContext context)
    {
        RepositoryAccess.Resolve(context.Arguments.GetValue(_to)!, "--to");
        _password.Settings(context);
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        string to = RepositoryAccess.Resolve(context.Arguments.GetValue(_to)!, "--to");
        await using IObjectStore store = await RepositoryAccess.OpenStoreAsync(context, to, cancellationToken);
        await using Repository target = await RepositoryAccess.OpenAsync(context, store, cancellationToken, _password.Settings(context));
        if (target.Id == repository.Id)
        {
            throw CliException.Failure($"{to}: is the same repository; to mirror it use 'replicate'");
        }

        CopyOptions options = new() { Snapshots = await ChooseAsync(repository, context, cancellationToken) };
        CopyReport report;
        TimeSpan duration;
        using (CopyProgressView progress = new(context))
        {
            report = await repository.CopyToAsync(target, options, progress, cancellationToken);
            duration = progress.Elapsed;
        }

        foreach (CopyProblem problem in report.Problems)
        {
            context.Errors.WriteProblem(ProblemSeverity.Error, "copy", $"snapshot {problem.Snapshot.ToShortString()}", problem.Message);
        }

        WriteSummary(context, report, duration);
        return report.Problems.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static void WriteSummary(CommandContext context, CopyReport report, TimeSpan duration)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, CopySummaryMessage.From(report, duration), CliJsonContext.Default.CopySummaryMessage);
            return;
        }

        foreach (CopiedSnapshot copied in report.Snapshots.Where(copied => !copied.WasThere && !context.Settings.IsQuiet))
        {
            context.Results.WriteLine($"snapshot {copied.Original.ToShortString()} copied as {copied.Copy.ToShortString()}");
        }

        if (context.IsChatty)
        {
            int there = report.Snapshots.Count(copied => copied.WasThere);
            context.Results.WriteLine(
                $"{report.Snapshots.Count - there} snapshots copied, {there} there already; {ByteSize.Format(report.BytesRead)} read, {report.BlobsStored} blobs stored in {ByteSize.Format(report.BytesStored)}");
        }
    }

    private async Task<IReadOnlyCollection<SnapshotId>> ChooseAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        SnapshotFilter filter = _filter.Read(context.Arguments);
        List<SnapshotId> chosen = [];
        foreach (string name in context.Arguments.GetValue(_snapshots) ?? [])
        {
            chosen.Add((await repository.FindSnapshotAsync(name, filter, cancellationToken)).Id);
        }

        bool isFiltered = filter.Hosts.Count + filter.Tags.Count + filter.Paths.Count > 0;
        if (chosen.Count == 0 && isFiltered)
        {
            await foreach (Snapshot snapshot in repository.ListSnapshotsAsync(filter, cancellationToken))
            {
                chosen.Add(snapshot.Id);
            }

            return chosen.Count > 0 ? chosen : throw CliException.Failure($"{repository.Location}: no snapshot fits; run 'snapshots' to see what there is");
        }

        return chosen;
    }
}
