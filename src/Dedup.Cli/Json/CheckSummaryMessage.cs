using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>The end of a check; packs that no index lists are no errors.</summary>
internal sealed record CheckSummaryMessage(long NumErrors, long UnlistedPacks, long SnapshotsChecked, long PacksChecked, long BlobsChecked, long BytesRead)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";
}
