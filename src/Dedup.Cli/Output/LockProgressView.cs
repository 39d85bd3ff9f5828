using Dedup.Cli.Json;
using Dedup.Pruning;

namespace Dedup.Cli.Output;

/// <summary>How far a locking has come.</summary>
internal sealed class LockProgressView(CommandContext context) : ProgressView<LockProgress>(context)
{
    protected override string ToLine(LockProgress value, TimeSpan elapsed)
    {
        double share = Share(value.ObjectsDone, value.ObjectsTotal);
        return $"locking: {Percent(share)}, {value.ObjectsDone} of {value.ObjectsTotal} objects{Left(share, elapsed)}";
    }

    protected override void WriteJson(LockProgress value, TimeSpan elapsed) => JsonOutput.WriteLine(
        Context.Results,
        new LockStatusMessage((long)elapsed.TotalSeconds, Share(value.ObjectsDone, value.ObjectsTotal), value.ObjectsDone, value.ObjectsTotal),
        CliJsonContext.Default.LockStatusMessage);
}
