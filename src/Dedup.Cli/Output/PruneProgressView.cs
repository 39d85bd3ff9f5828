using Dedup.Cli.Json;
using Dedup.Pruning;

namespace Dedup.Cli.Output;

/// <summary>How far a prune has come.</summary>
internal sealed class PruneProgressView(CommandContext context) : ProgressView<PruneProgress>(context)
{
    protected override string ToLine(PruneProgress value, TimeSpan elapsed)
    {
        (string doing, string things) = value.Stage switch
        {
            PruneStage.FindingUsed => ("finding what snapshots need", "directory pages"),
            PruneStage.Surveying => ("finding where it lies", "packs"),
            PruneStage.Repacking => ("rewriting", "packs"),
            PruneStage.WaitingForSessions => ("waiting for backups under way", "ended"),
            _ => ("deleting", "packs"),
        };
        string total = value.Total > 0 ? $" of {value.Total}" : "";
        return $"{doing}: {value.Done}{total} {things}";
    }

    protected override void WriteJson(PruneProgress value, TimeSpan elapsed) => JsonOutput.WriteLine(
        Context.Results,
        new PruneStatusMessage((long)elapsed.TotalSeconds, NameOf(value.Stage), value.Done, value.Total > 0 ? value.Total : null),
        CliJsonContext.Default.PruneStatusMessage);

    private static string NameOf(PruneStage stage) => stage switch
    {
        PruneStage.FindingUsed => "finding_used",
        PruneStage.Surveying => "surveying",
        PruneStage.Repacking => "repacking",
        PruneStage.WaitingForSessions => "waiting_for_sessions",
        _ => "deleting",
    };
}
