using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The end of a repair of the index.</summary>
/// <param name="DryRun">Whether nothing was really done.</param>
/// <param name="Packs">How many packs there are.</param>
/// <param name="PacksListed">Packs that are listed anew.</param>
/// <param name="BlobsListed">Blobs in them.</param>
/// <param name="NumProblems">How many problems were told of on standard error.</param>
internal sealed record IndexRepairMessage(bool DryRun, long Packs, long PacksListed, long BlobsListed, long NumProblems)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
