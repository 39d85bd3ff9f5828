using Dedup.Cli.Json;
using Dedup.Maintenance;

namespace Dedup.Cli.Output;

/// <summary>How far a check has come.</summary>
internal sealed class CheckProgressView(CommandContext context) : ProgressView<CheckProgress>(context)
{
    protected override string ToLine(CheckProgress value, TimeSpan elapsed)
    {
        string read = value.BytesRead == 0 ? "" : $", {ByteSize.Format(value.BytesRead)} read, {ByteSize.Format(PerSecond(value.BytesRead, elapsed))}/s";
        string left = Left(Share(value.PacksDone, value.TotalPacks), elapsed);
        return $"{value.PacksDone} of {value.TotalPacks} packs, {value.SnapshotsDone} of {value.TotalSnapshots} snapshots{read}{left}";
    }

    protected override void WriteJson(CheckProgress value, TimeSpan elapsed) => JsonOutput.WriteLine(
        Context.Results,
        new CheckStatusMessage(
            (long)elapsed.TotalSeconds, Share(value), value.TotalPacks, value.PacksDone, value.TotalSnapshots, value.SnapshotsDone, value.BytesRead),
        CliJsonContext.Default.CheckStatusMessage);

    // Packs come first, and how many snapshots there are is not known until then.
    private static double Share(CheckProgress value) =>
        (Share(value.PacksDone, value.TotalPacks) + Share(value.SnapshotsDone, value.TotalSnapshots)) / 2;
}
