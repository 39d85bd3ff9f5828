using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Exporting;
using Dedup.Snapshots;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup export</c>: writes a snapshot, or a part of one, into an archive that other programs read.</summary>
internal sealed class ExportCommand : RepositoryCommand
{
    private const string StandardOutputName = "-";

    private readonly Argument<string> _snapshot = new("SNAP[:PATH]") { Description = "A snapshot: 'latest', its id, or the beginning of it; with a path: only that file or directory" };
    private readonly LocalPathArgument<string> _file = new("FILE") { Description = "The archive: a name that ends with .tar, .tar.zst or .zip; '-' for standard output" };
    private readonly Option<string?> _format = new("--format") { Description = "tar, tar.zst or zip, whatever the file is called", HelpName = "FORMAT", CompletionSources = { ArchiveFormats.Words } };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Replace the file if it is there" };
    private readonly SnapshotFilterOptions _filter = new();

    public ExportCommand()
        : base(
            "export",
            "Write a snapshot, or a part of it, into an archive that other programs read.",
            "dedup export latest /mnt/usb/web1.tar.zst",
            "dedup export 1a2b3c4d:/home/ann ann.zip",
            "dedup export latest --host web1 --format tar - | ssh other tar -x --xattrs --acls -C /srv")
    {
        Arguments.Add(_snapshot);
        Arguments.Add(_file);
        Options.Add(_format);
        Options.Add(_force);
        _filter.AddTo(this);
    }

    /// <summary>Tells what an archive does not hold as it was.</summary>
    public static void WriteRemarks(CommandContext context, ExportResult result)
    {
        foreach (ExportRemark remark in result.Remarks)
        {
            context.Errors.WriteProblem(ProblemSeverity.Warning, "export", remark.Path, remark.Reason);
        }
    }

    protected override void Validate(CommandContext context)
    {
        SnapshotArguments.Split(context.Arguments.GetValue(_snapshot)!);
        ReadFormat(context);
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        (string name, string? path) = SnapshotArguments.Split(context.Arguments.GetValue(_snapshot)!);
        string file = context.Arguments.GetValue(_file)!;
        ExportOptions options = new() { Format = ReadFormat(context), Path = path };
        Snapshot snapshot = await repository.FindSnapshotAsync(name, _filter.Read(context.Arguments), cancellationToken);
        if (file == StandardOutputName)
        {
            await using Stream output = StandardOutput.Open();
            using ExportProgressView silent = new(context, hasJson: false);
            WriteRemarks(context, await repository.ExportAsync(snapshot.Id, output, options, silent, cancellationToken));
            return ExitCodes.Done;
        }

        using NewFile archive = Create(file, context.Arguments.GetValue(_force));
        ExportResult result;
        long size;
        TimeSpan duration;
        using (ExportProgressView progress = new(context, hasJson: true))
        {
            result = await repository.ExportAsync(snapshot.Id, archive.Content, options, progress, cancellationToken);
            size = archive.Content.Position;
            archive.Commit();
            duration = progress.Elapsed;
        }

        WriteRemarks(context, result);
        WriteSummary(context, snapshot, file, result, size, duration);
        return ExitCodes.Done;
    }

    private static NewFile Create(string path, bool isForced)
    {
        if (!isForced && File.Exists(path))
        {
            throw CliException.Failure($"{path}: there is a file of that name already; name another, or use --force to replace it");
        }

        return NewFile.Create(path, isForced);
    }

    private static void WriteSummary(CommandContext context, Snapshot snapshot, string file, ExportResult result, long size, TimeSpan duration)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(
                context.Results,
                new ExportSummaryMessage(duration.TotalSeconds, result.Entries, result.Bytes, size, snapshot.Id.ToString()),
                CliJsonContext.Default.ExportSummaryMessage);
        }
        else if (context.IsChatty)
        {
            context.Results.WriteLine(
                $"exported {result.Entries} files and directories, {ByteSize.Format(result.Bytes)}, of snapshot {snapshot.Id.ToShortString()} "
                + $"to {TerminalText.Escape(file)}, {ByteSize.Format(size)}, in {DurationText.Format(duration)}");
        }
    }

    private ArchiveFormat ReadFormat(CommandContext context)
    {
        string file = context.Arguments.GetValue(_file)!;
        return context.Arguments.GetValue(_format) is { } format ? ArchiveFormats.Parse("--format", format)
            : file == StandardOutputName ? ArchiveFormat.Tar
            : ArchiveFormats.OfFile(file)
                ?? throw CliException.Usage($"{file}: the name does not say what to write: end it with .tar, .tar.zst or .zip, or give --format");
    }
}
