using System.CommandLine;
using System.Globalization;
using Dedup.Backup;
using Dedup.Cli.Output;
using Dedup.Policy.Sources;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup backup</c>: makes a snapshot of files and directories.</summary>
internal sealed class BackupCommand : CliCommand
{
    private readonly BackupSourceOptions _source = new();
    private readonly Option<string[]> _tags = new("--tag") { Description = "A tag of the snapshot; may be repeated", HelpName = "TAG" };
    private readonly Option<string?> _host = new("--host", "-H") { Description = "The machine's name in the snapshot [default: this machine's]", HelpName = "HOST" };
    private readonly Option<string?> _time = new("--time") { Description = "The time of the snapshot, such as '2026-05-31 22:00' [default: now]", HelpName = "TIME" };
    private readonly Option<string?> _parent = new("--parent") { Description = "Take unchanged files over from this snapshot [default: the newest of the same host and paths]", HelpName = "SNAP" };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Read every file, changed or not" };
    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = "Read everything and say what would be added, but store nothing" };
    private readonly Option<bool> _skipIfUnchanged = new("--skip-if-unchanged") { Description = "Make no snapshot if nothing changed since the parent" };
    private readonly Option<bool> _allowEmpty = new("--allow-empty") { Description = "Back up a path that is empty although it was not in the parent; otherwise it is taken for a file system that is not mounted" };
    private readonly Option<string?> _compression = StorageOptions.Compression();
    private readonly Option<bool> _init = new("--init") { Description = "Make the repository first if there is none" };

    public BackupCommand()
        : base(
            "backup",
            "Back up files and directories, standard input, the output of a command, a database or a Git repository into a new snapshot. A repository cannot be backed up into itself: paths that contain it are refused unless it is left out.",
            "dedup backup -r /srv/backup /home /etc",
            "dedup backup -r /srv/backup --exclude '*.o' --exclude node_modules --exclude-caches ~/work",
            "dedup backup -r /srv/backup --exclude-file excludes.txt --dry-run -v /home",
            "dedup backup -r /srv/backup --stdin-filename db.sql --stdin-from-command -- pg_dump mydb",
            "dedup backup -r /srv/backup --read-special /dev/vg0/root",
            "dedup backup -r /srv/backup --sqlite /var/lib/app/app.db",
            "dedup backup -r /srv/backup --postgresql shop",
            "dedup backup -r /srv/backup --git /srv/git/app.git",
            "dedup backup -r /srv/backup --init --tag nightly --exclude /srv/backup /")
    {
        Arguments.Add(_source.Paths);
        foreach (Option option in (Option[])[.. _source.All, _dryRun, _skipIfUnchanged, _allowEmpty, _tags, _host, _time, _parent, _force, _compression, _init])
        {
            Options.Add(option);
        }
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        BackupOptions options = ReadOptions(context);
        string location = RepositoryAccess.Location(context.Settings);
        BackupInput input = _source.Read(context, cancellationToken);
        input.RequireOutside(location);
        (IObjectStore store, Repository repository) = await OpenAsync(context, location, options, cancellationToken);
        await using (store)
        await using (repository)
        {
            if (context.Arguments.GetValue(_parent) is { } parent)
            {
                options = options with { Parent = (await repository.FindSnapshotAsync(parent, SnapshotFilter.All, cancellationToken)).Id };
            }

            IBackupSource source = input.Open(repository.CacheDirectory);
            return await BackUpAsync(repository, source, SourceKinds.Mark(options, source), context, cancellationToken);
        }
    }

    private static async Task<int> BackUpAsync(
        Repository repository, IBackupSource source, BackupOptions options, CommandContext context, CancellationToken cancellationToken)
    {
        BackupResult result;
        TimeSpan duration;
        using (BackupProgressView progress = new(context))
        {
            result = await repository.BackupAsync(source, options, options.EntryDone is null || context.IsJson ? progress : null, cancellationToken);
            duration = progress.Elapsed;
        }

        foreach (BackupProblem problem in result.Problems)
        {
            context.Errors.WriteProblem(problem.Severity, "archival", problem.Path, problem.Reason);
        }

        if (result.Alert is { } alert)
        {
            context.Errors.WriteLog("alert", alert.Message);
        }

        BackupSummary.Write(context, result, options.IsDryRun, duration);
        return result.IsComplete ? ExitCodes.Done : ExitCodes.Incomplete;
    }

    private async Task<(IObjectStore Store, Repository Repository)> OpenAsync(
        CommandContext context, string location, BackupOptions options, CancellationToken cancellationToken)
    {
        if (!context.Arguments.GetValue(_init) || options.IsDryRun)
        {
            IObjectStore store = await RepositoryAccess.OpenStoreAsync(context, location, cancellationToken);
            return (store, await RepositoryAccess.OpenAsync(context, store, cancellationToken));
        }

        CreateOptions creation = new();
        return await RepositoryAccess.FindStoreAsync(context, location, cancellationToken) is { } existing
            ? (existing, await RepositoryAccess.OpenAsync(context, existing, cancellationToken))
            : await RepositoryAccess.CreateAsync(
                context, location, creation with { Compression = options.Compression ?? creation.Compression }, cancellationToken);
    }

    private BackupOptions ReadOptions(CommandContext context)
    {
        ParseResult arguments = context.Arguments;
        BackupOptions options = new();
        return options with
        {
            Host = arguments.GetValue(_host) ?? options.Host,
            Tags = TagList.Split(arguments.GetValue(_tags)),
            Time = ReadTime(arguments.GetValue(_time)),
            ReadAll = arguments.GetValue(_force),
            IsDryRun = arguments.GetValue(_dryRun),
            AllowEmptySource = arguments.GetValue(_allowEmpty),
            SkipIfUnchanged = arguments.GetValue(_skipIfUnchanged),
            EntryDone = new EntryList(context).Listener,
            Compression = StorageOptions.ReadCompression(arguments.GetValue(_compression)),
        };
    }

    /// <summary>The whole years that 64 bits of nanoseconds from 1970 hold.</summary>
    private const int MinYear = 1678, MaxYear = 2261;

    private static DateTimeOffset? ReadTime(string? text) =>
        text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time)
            ? time.UtcDateTime.Year is >= MinYear and <= MaxYear ? time
                : throw CliException.Usage($"--time {text}: a snapshot's time lies from {MinYear} to {MaxYear}")
        : throw CliException.Usage($"--time {text}: is no time; write it like '2026-05-31 22:00' or 2026-05-31T22:00:00+02:00");
}
