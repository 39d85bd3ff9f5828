using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The end of a repair of the records of prunes.</summary>
internal sealed record PruneRecordRepairMessage(bool DryRun, long Prunes, int RecordsWritten, long NumProblems)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
