using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The end of a repair of packs.</summary>
internal sealed record PackRepairMessage(
    bool DryRun, long PacksRead, long BytesRead, long PacksDamaged, long BlobsSalvaged, long BlobsHealed, long BlobsLost)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
