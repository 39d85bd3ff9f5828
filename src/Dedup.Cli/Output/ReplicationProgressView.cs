using Dedup.Cli.Json;
using Dedup.Replication;

namespace Dedup.Cli.Output;

/// <summary>How far a replication has come.</summary>
internal sealed class ReplicationProgressView(CommandContext context) : ProgressView<ReplicationProgress>(context)
{
    protected override string ToLine(ReplicationProgress value, TimeSpan elapsed)
    {
        double share = Share(value.BytesDone, value.BytesTotal);
        return $"{Percent(share)}  {value.ObjectsDone} of {value.ObjectsTotal} objects, {ByteSize.Format(value.BytesDone)} of {ByteSize.Format(value.BytesTotal)}, "
            + $"{ByteSize.Format(PerSecond(value.BytesDone, elapsed))}/s{Left(share, elapsed)}";
    }

    protected override void WriteJson(ReplicationProgress value, TimeSpan elapsed) => JsonOutput.WriteLine(
        Context.Results,
        new ReplicationStatusMessage(
            (long)elapsed.TotalSeconds, Share(value.BytesDone, value.BytesTotal), value.ObjectsTotal, value.ObjectsDone, value.BytesTotal, value.BytesDone),
        CliJsonContext.Default.ReplicationStatusMessage);
}
