using Dedup.Backup;
using Dedup.Cli.Json;

namespace Dedup.Cli.Output;

/// <summary>How far a backup has come. What the parent snapshot had is the best guess of what there is to do.</summary>
internal sealed class BackupProgressView(CommandContext context) : ProgressView<BackupProgress>(context)
{
    protected override string ToLine(BackupProgress value, TimeSpan elapsed)
    {
        double share = Share(value.Bytes, value.ExpectedBytes);
        string amounts = $"{value.Files} files, {ByteSize.Format(value.Bytes)}";
        string speed = $", {ByteSize.Format(PerSecond(value.Bytes, elapsed))}/s";
        string expectation = value.ExpectedBytes > 0 ? $"{Percent(share)}  " : "";
        return expectation + amounts + speed + Left(share, elapsed) + Errors(value.Errors);
    }

    protected override void WriteJson(BackupProgress value, TimeSpan elapsed)
    {
        double share = Share(value.Bytes, value.ExpectedBytes);
        JsonOutput.WriteLine(
            Context.Results,
            new BackupStatusMessage(
                (long)elapsed.TotalSeconds,
                (long?)Remaining(share, elapsed)?.TotalSeconds,
                share,
                value.ExpectedFiles,
                value.Files,
                value.ExpectedBytes,
                value.Bytes,
                value.Errors),
            CliJsonContext.Default.BackupStatusMessage);
    }
}
