using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The end of a repair of packs.</summary>
/// <param name="DryRun">Whether nothing was really done.</param>
/// <param name="PacksRead">Packs that were read whole.</param>
/// <param name="BytesRead">Bytes that were read.</param>
/// <param name="PacksDamaged">How many of the packs are damaged.</param>
/// <param name="BlobsSalvaged">Blobs saved out of them.</param>
/// <param name="BlobsHealed">Blobs taken from the copy.</param>
/// <param name="BlobsLost">Blobs that are whole nowhere.</param>
internal sealed record PackRepairMessage(
    bool DryRun, long PacksRead, long BytesRead, long PacksDamaged, long BlobsSalvaged, long BlobsHealed, long BlobsLost)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
