using Dedup.Cli.Json;
using Dedup.Exporting;

namespace Dedup.Cli.Output;

/// <summary>How far an export has come. JSON is not for when the archive itself goes to standard output.</summary>
internal sealed class ExportProgressView(CommandContext context, bool hasJson) : ProgressView<ExportProgress>(context)
{
    protected override string ToLine(ExportProgress value, TimeSpan elapsed)
    {
        double share = Share(value);
        return $"{Percent(share)}  {value.Entries} of {value.TotalEntries} files, {ByteSize.Format(value.Bytes)} of {ByteSize.Format(value.TotalBytes)}, "
            + $"{ByteSize.Format(PerSecond(value.Bytes, elapsed))}/s{Left(share, elapsed)}";
    }

    protected override void WriteJson(ExportProgress value, TimeSpan elapsed)
    {
        if (hasJson)
        {
            JsonOutput.WriteLine(
                Context.Results,
                new ExportStatusMessage((long)elapsed.TotalSeconds, Share(value), value.TotalEntries, value.Entries, value.TotalBytes, value.Bytes),
                CliJsonContext.Default.ExportStatusMessage);
        }
    }

    private static double Share(ExportProgress value) =>
        value.TotalBytes > 0 ? Share(value.Bytes, value.TotalBytes) : Share(value.Entries, value.TotalEntries);
}
