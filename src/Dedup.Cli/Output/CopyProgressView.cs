using Dedup.Cli.Json;
using Dedup.Copying;

namespace Dedup.Cli.Output;

/// <summary>How far a copy has come.</summary>
internal sealed class CopyProgressView(CommandContext context) : ProgressView<CopyProgress>(context)
{
    protected override string ToLine(CopyProgress value, TimeSpan elapsed) =>
        $"{value.SnapshotsDone} of {value.SnapshotsTotal} snapshots, {value.FilesDone} files, {ByteSize.Format(value.BytesRead)} read, {ByteSize.Format(value.BytesStored)} stored";

    protected override void WriteJson(CopyProgress value, TimeSpan elapsed) => JsonOutput.WriteLine(
        Context.Results,
        new CopyStatusMessage((long)elapsed.TotalSeconds, value.SnapshotsTotal, value.SnapshotsDone, value.FilesDone, value.BytesRead, value.BytesStored),
        CliJsonContext.Default.CopyStatusMessage);
}
