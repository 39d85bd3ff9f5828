using Dedup.Backup;
using Dedup.Cli.Json;

namespace Dedup.Cli.Output;

/// <summary>How far a backup has come. What the parent snapshot had is the best guess of what there is to do.</summary>
internal sealed class BackupProgressView(CommandContext context) : ProgressView<BackupProgress>(context)
{
    protected override string ToLine(BackupProgress value, TimeSpan elapsed)
    {
        long bytes = Done(value);
        double share = Share(bytes, value.ExpectedBytes);
        string amounts = $"{value.Files} files, {ByteSize.Format(bytes)}";
        string speed = $", {ByteSize.Format(PerSecond(bytes, elapsed))}/s";
        string expectation = value.ExpectedBytes > 0 ? $"{Percent(share)}  " : "";
        return expectation + amounts + speed + Left(share, elapsed) + Errors(value.Errors);
    }

    protected override string? CurrentItem(BackupProgress value) => value.CurrentFile;

    protected override void WriteJson(BackupProgress value, TimeSpan elapsed)
    {
        long bytes = Done(value);
        double share = Share(bytes, value.ExpectedBytes);
        JsonOutput.WriteLine(
            Context.Results,
            new BackupStatusMessage(
                (long)elapsed.TotalSeconds,
                (long?)Remaining(share, elapsed)?.TotalSeconds,
                share,
                value.ExpectedFiles,
                value.Files,
                value.ExpectedBytes,
                bytes,
                value.Errors,
                value.CurrentFile is { } path ? [path] : null),
            CliJsonContext.Default.BackupStatusMessage);
    }

    // A file counts once it is done: while a large one is read, what was read tells more.
    private static long Done(BackupProgress value) => Math.Max(value.Bytes, value.BytesRead);
}
