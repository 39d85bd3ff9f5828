using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The end of a repair of the records of prunes.</summary>
/// <param name="DryRun">Whether nothing was really done.</param>
/// <param name="Prunes">Prunes whose records lacked something.</param>
/// <param name="RecordsWritten">Records that were written for them.</param>
/// <param name="NumProblems">How many problems were told of on standard error.</param>
internal sealed record PruneRecordRepairMessage(bool DryRun, long Prunes, int RecordsWritten, long NumProblems)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
