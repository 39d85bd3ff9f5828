using System.CommandLine;
using Dedup.Cli.Output;
using Dedup.Restore;
using Dedup.Snapshots;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup restore</c>: writes what a snapshot holds into a folder, or an image onto a device.</summary>
internal sealed class RestoreCommand : RepositoryCommand
{
    private const int MaxPathsShown = 20;

    private readonly Argument<string> _snapshot = new("SNAP[:PATH]") { Description = "A snapshot: 'latest', its id, or the beginning of it; with a path: only that file or directory" };
    private readonly Option<string> _target = new("--target", "-t") { Description = "The folder to restore into, made when it is missing; or a block device", HelpName = "DIR", Required = true };
    private readonly Option<string?> _overwrite = new("--overwrite") { Description = "What becomes of files that are there: always (updated where they differ), if-changed (size and time are believed), if-newer or never [default: always]", HelpName = "WHEN", CompletionSources = { "always", "if-changed", "if-newer", "never" } };
    private readonly Option<bool> _delete = new("--delete") { Description = "Delete what lies in restored directories and is not in the snapshot; asks first" };
    private readonly Option<bool> _sparse = new("--sparse") { Description = "Make holes of zeros" };
    private readonly Option<bool> _verify = new("--verify") { Description = "Read everything back in the end and compare" };
    private readonly Option<bool> _byName = new("--ownership-by-name") { Description = "Owners and groups by their names on this machine, not by number" };
    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = "List what would be done and do nothing" };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask" };
    private readonly RestorePatternOptions _patterns = new();
    private readonly SnapshotFilterOptions _filter = new();

    public RestoreCommand()
        : base(
            "restore",
            "Restore a snapshot, or a part of it, into a folder. What is there already is updated: only what differs is written.",
            "dedup restore latest --target /tmp/restored",
            "dedup restore 1a2b3c4d:/home/ann --target /tmp/ann --include '*.txt'",
            "dedup restore latest:/srv --target /srv --delete --dry-run",
            "dedup restore latest:/images/disk.img --target /dev/sdb --verify",
            "dedup restore latest --host web1 --target /")
    {
        Arguments.Add(_snapshot);
        foreach (Option option in (Option[])[_target, .. _patterns.All, _overwrite, _delete, _sparse, _verify, _byName, _dryRun, _yes])
        {
            Options.Add(option);
        }

        _filter.AddTo(this);
    }

    protected override void Validate(CommandContext context)
    {
        Split(context);
        _ = ReadOptions(context, null);
        if (context.Arguments.GetValue(_target) is "")
        {
            throw CliException.Usage("--target is empty: name the folder to restore into");
        }

        RepositoryAccess.RequireOutside(RepositoryAccess.Location(context.Settings), context.Arguments.GetValue(_target)!, "--target");
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        (string name, string? path) = Split(context);
        string target = Path.GetFullPath(context.Arguments.GetValue(_target)!);
        RestoreOptions options = ReadOptions(context, path) with { OverwriteDevice = RestoreTarget.IsBlockDevice(target) };
        Snapshot snapshot = await repository.FindSnapshotAsync(name, _filter.Read(context.Arguments), cancellationToken);
        if (!options.IsDryRun && !context.Arguments.GetValue(_yes))
        {
            await AskAsync(repository, context, snapshot, target, options, cancellationToken);
        }

        RestoreResult result;
        TimeSpan duration;
        using (RestoreProgressView progress = new(context))
        {
            result = await repository.RestoreAsync(snapshot.Id, target, options, progress, cancellationToken);
            duration = progress.Elapsed;
        }

        RestoreSummary.Write(context, snapshot, target, options, result, duration);
        return result.IsComplete ? ExitCodes.Done : ExitCodes.Failed;
    }

    // What cannot be undone: deleting, and overwriting a device.
    private static async Task AskAsync(
        Repository repository, CommandContext context, Snapshot snapshot, string target, RestoreOptions options, CancellationToken cancellationToken)
    {
        if (!options.Delete && !options.OverwriteDevice)
        {
            return;
        }

        DeletionCollector deletions = new(MaxPathsShown);
        RestoreOptions preview = options with { IsDryRun = true, Actions = deletions };
        RestoreResult result = await repository.RestoreAsync(snapshot.Id, target, preview, null, cancellationToken);
        if (options.OverwriteDevice)
        {
            Confirmation.Require(context, [], $"write {ByteSize.Format(result.Bytes)} over what is on the device {target}");
        }
        else if (result.EntriesDeleted > 0)
        {
            long more = result.EntriesDeleted - deletions.Paths.Count;
            string[] rest = more > 0 ? [$"... and {more} more"] : [];
            Confirmation.Require(
                context, [.. deletions.Paths.Select(path => $"not in the snapshot: {path}"), .. rest], $"delete {result.EntriesDeleted} files and directories in {target}");
        }
    }

    private RestoreOptions ReadOptions(CommandContext context, string? path)
    {
        ParseResult arguments = context.Arguments;
        bool isDryRun = arguments.GetValue(_dryRun);
        bool isListed = !context.Settings.IsQuiet && (isDryRun || context.Invocation.Verbosity > 0);
        RestoreOptions options = new()
        {
            Path = path,
            Overwrite = arguments.GetValue(_overwrite) switch
            {
                null or "always" => OverwriteMode.Always,
                "if-changed" => OverwriteMode.IfChanged,
                "if-newer" => OverwriteMode.IfNewer,
                "never" => OverwriteMode.Never,
                string other => throw CliException.Usage($"--overwrite {other}: is none of always, if-changed, if-newer and never"),
            },
            Delete = arguments.GetValue(_delete),
            Sparse = arguments.GetValue(_sparse),
            Verify = arguments.GetValue(_verify),
            OwnershipByName = arguments.GetValue(_byName),
            IsDryRun = isDryRun,
            Actions = isListed ? new RestoreActionList(context, isWhole: context.Invocation.Verbosity > 0) : null,
        };
        return _patterns.AddTo(options, arguments);
    }

    private (string Snapshot, string? Path) Split(CommandContext context) => SnapshotArguments.Split(context.Arguments.GetValue(_snapshot)!);
}
