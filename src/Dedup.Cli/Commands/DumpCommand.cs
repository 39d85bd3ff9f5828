using System.CommandLine;
using Dedup.Cli.Output;
using Dedup.Exporting;
using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup dump</c>: writes a file of a snapshot, or a folder as an archive, to standard output.</summary>
internal sealed class DumpCommand : RepositoryCommand
{
    private readonly Argument<string> _snapshot = SnapshotArguments.Snapshot();
    private readonly Argument<string> _path = new("PATH") { Description = "A file or a folder inside the snapshot; '/' for everything" };
    private readonly Option<string> _archive = new("--archive", "-a")
    {
        Description = "What a folder is written as: tar (default), tar.zst or zip",
        HelpName = "FORMAT",
        DefaultValueFactory = static _ => "tar",
        CompletionSources = { ArchiveFormats.Words },
    };

    private readonly Option<string?> _target = new("--target", "-t") { Description = "Write to this file, not to standard output; it gets its name when it is complete", HelpName = "FILE" };
    private readonly SnapshotFilterOptions _filter = new();

    public DumpCommand()
        : base(
            "dump",
            "Write a file of a snapshot, or a folder as an archive, to standard output.",
            "dedup dump latest /srv/db.sql | psql",
            "dedup dump latest /home/ann | tar -x -C /tmp/restored",
            "dedup dump latest /home/ann --archive zip --target ann.zip")
    {
        Arguments.Add(_snapshot);
        Arguments.Add(_path);
        Options.Add(_archive);
        Options.Add(_target);
        _filter.AddTo(this);
    }

    protected override void Validate(CommandContext context)
    {
        SnapshotArguments.ToSnapshotPath(context.Arguments.GetValue(_path));
        ReadFormat(context);
        if (context.Arguments.GetValue(_target) is "")
        {
            throw CliException.Usage("--target is empty: name the file to write");
        }
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        Snapshot snapshot = await repository.FindSnapshotAsync(context.Arguments.GetValue(_snapshot)!, _filter.Read(context.Arguments), cancellationToken);
        string? path = SnapshotArguments.ToSnapshotPath(context.Arguments.GetValue(_path));
        Node? node = path is null ? null : await repository.FindEntryAsync(snapshot.Id, path, cancellationToken);
        if (context.Arguments.GetValue(_target) is not { } target)
        {
            await using Stream output = StandardOutput.Open();
            await WriteAsync(repository, context, snapshot, path, node, output, cancellationToken);
            return ExitCodes.Done;
        }

        // As with restic, and unlike an export, a file of that name is replaced.
        using NewFile file = NewFile.Create(target, replaces: true);
        await WriteAsync(repository, context, snapshot, path, node, file.Content, cancellationToken);
        file.Commit();
        return ExitCodes.Done;
    }

    private async Task WriteAsync(
        Repository repository, CommandContext context, Snapshot snapshot, string? path, Node? node, Stream output, CancellationToken cancellationToken)
    {
        if (path is not null && node is not { Metadata.Type: NodeType.Directory })
        {
            await repository.DumpAsync(snapshot.Id, path, output, cancellationToken);
            return;
        }

        ExportOptions options = new() { Format = ReadFormat(context), Path = path, KeepsWholePaths = true };
        using ExportProgressView progress = new(context, hasJson: false);
        ExportResult result = await repository.ExportAsync(snapshot.Id, output, options, progress, cancellationToken);
        ExportCommand.WriteRemarks(context, result);
    }

    private ArchiveFormat ReadFormat(CommandContext context) => ArchiveFormats.Parse("--archive", context.Arguments.GetValue(_archive)!);
}
