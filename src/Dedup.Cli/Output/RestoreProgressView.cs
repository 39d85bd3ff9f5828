using Dedup.Cli.Json;
using Dedup.Restore;

namespace Dedup.Cli.Output;

/// <summary>How far a restore has come.</summary>
internal sealed class RestoreProgressView(CommandContext context) : ProgressView<RestoreProgress>(context)
{
    protected override string ToLine(RestoreProgress value, TimeSpan elapsed)
    {
        double share = Share(value);
        return $"{Percent(share)}  {value.Entries + value.EntriesSkipped} of {value.TotalEntries} files, {ByteSize.Format(value.Bytes + value.BytesSkipped)} of {ByteSize.Format(value.TotalBytes)}, "
            + $"{ByteSize.Format(PerSecond(value.Bytes + value.BytesSkipped, elapsed))}/s{Left(share, elapsed)}{Errors(value.Errors)}";
    }

    protected override void WriteJson(RestoreProgress value, TimeSpan elapsed) => JsonOutput.WriteLine(
        Context.Results,
        new RestoreStatusMessage(
            (long)elapsed.TotalSeconds, Share(value), value.TotalEntries, value.Entries, value.EntriesSkipped, value.EntriesDeleted,
            value.TotalBytes, value.Bytes, value.BytesSkipped),
        CliJsonContext.Default.RestoreStatusMessage);

    private static double Share(RestoreProgress value) => value.TotalBytes > 0
        ? Share(value.Bytes + value.BytesSkipped, value.TotalBytes)
        : Share(value.Entries + value.EntriesSkipped, value.TotalEntries);
}
