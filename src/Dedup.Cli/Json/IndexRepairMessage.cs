using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The end of a repair of the index.</summary>
internal sealed record IndexRepairMessage(bool DryRun, long Packs, long PacksListed, long BlobsListed, long NumProblems)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
