using System.CommandLine;
using System.Globalization;
using Dedup.Backup;
using Dedup.Cli.Output;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup backup</c>: makes a snapshot of files and directories.</summary>
internal sealed class BackupCommand : CliCommand
{
    private readonly Argument<string[]> _paths = new("PATH") { Description = "Files and directories to back up", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string[]> _tags = new("--tag") { Description = "A tag of the snapshot; may be repeated", HelpName = "TAG" };
    private readonly Option<string?> _host = new("--host", "-H") { Description = "The machine's name in the snapshot [default: this machine's]", HelpName = "HOST" };
    private readonly Option<string?> _time = new("--time") { Description = "The time of the snapshot, such as '2026-05-31 22:00' [default: now]", HelpName = "TIME" };
    private readonly Option<string?> _parent = new("--parent") { Description = "Take unchanged files over from this snapshot [default: the newest of the same host and paths]", HelpName = "SNAP" };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Read every file, changed or not" };
    private readonly Option<bool> _oneFileSystem = new("--one-file-system", "-x") { Description = "Leave out what lies on other file systems than the paths" };
    private readonly Option<string?> _compression = StorageOptions.Compression();
    private readonly Option<bool> _init = new("--init") { Description = "Make the repository first if there is none" };

    public BackupCommand()
        : base(
            "backup",
            "Back up files and directories into a new snapshot. A repository cannot be backed up into itself: paths that contain it are refused.",
            "dedup backup -r /srv/backup /home /etc",
            "dedup backup -r /srv/backup --init --tag nightly --one-file-system /")
    {
        Arguments.Add(_paths);
        foreach (Option option in new Option[] { _tags, _host, _time, _parent, _force, _oneFileSystem, _compression, _init })
        {
            Options.Add(option);
        }
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        BackupOptions options = ReadOptions(context.Arguments);
        string location = RepositoryAccess.Location(context.Settings);
        FileSystemSource source = ReadSource(context.Arguments, location);
        (IObjectStore store, Repository repository) = await OpenAsync(context, location, options, cancellationToken);
        await using (store)
        await using (repository)
        {
            if (context.Arguments.GetValue(_parent) is { } parent)
            {
                options = options with { Parent = (await repository.FindSnapshotAsync(parent, SnapshotFilter.All, cancellationToken)).Id };
            }

            return await BackUpAsync(repository, source, options, context, cancellationToken);
        }
    }

    private static async Task<int> BackUpAsync(
        Repository repository, FileSystemSource source, BackupOptions options, CommandContext context, CancellationToken cancellationToken)
    {
        BackupResult result;
        TimeSpan duration;
        using (BackupProgressView progress = new(context))
        {
            result = await repository.BackupAsync(source, options, progress, cancellationToken);
            duration = progress.Elapsed;
        }

        foreach (BackupProblem problem in result.Problems)
        {
            context.Errors.WriteProblem(problem.Severity, "archival", problem.Path, problem.Reason);
        }

        BackupSummary.Write(context, result.Snapshot, duration);
        return result.IsComplete ? ExitCodes.Done : ExitCodes.Incomplete;
    }

    private async Task<(IObjectStore Store, Repository Repository)> OpenAsync(
        CommandContext context, string location, BackupOptions options, CancellationToken cancellationToken)
    {
        if (!context.Arguments.GetValue(_init))
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

    private BackupOptions ReadOptions(ParseResult arguments)
    {
        BackupOptions options = new();
        return options with
        {
            Host = arguments.GetValue(_host) ?? options.Host,
            Tags = TagList.Split(arguments.GetValue(_tags)),
            Time = ReadTime(arguments.GetValue(_time)),
            ReadAll = arguments.GetValue(_force),
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

    private FileSystemSource ReadSource(ParseResult arguments, string location)
    {
        string[] paths = arguments.GetValue(_paths)!;
        if (paths.Any(string.IsNullOrEmpty))
        {
            throw CliException.Usage("one of the paths is empty: name files and directories");
        }

        FileSystemSource source = new(paths, new FileSystemSourceOptions { OneFileSystem = arguments.GetValue(_oneFileSystem) });
        if (S3Settings.IsMeant(location))
        {
            return source;
        }

        // A source resolves links on the way to its paths: so does this, for the repository's folder.
        string repository = new FileSystemSource([Path.Combine(location, "config")]).Paths[0];
        string? around = source.Paths.FirstOrDefault(path => path == "/" || repository.StartsWith(path + "/", StringComparison.Ordinal));
        return around is null
            ? source
            : throw CliException.Usage($"{around}: contains the repository {location}, which would store itself and grow with each backup; name other paths, or move the repository");
    }
}
