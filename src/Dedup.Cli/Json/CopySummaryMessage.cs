using System.Text.Json.Serialization;
using Dedup.Copying;

namespace Dedup.Cli.Json;

/// <summary>What a copy did.</summary>
/// <param name="Snapshots">The snapshots.</param>
/// <param name="BlobsStored">Blobs that were stored.</param>
/// <param name="BytesRead">Bytes that were read.</param>
/// <param name="BytesStored">Bytes that were stored.</param>
/// <param name="NumProblems">How many problems were told of on standard error.</param>
/// <param name="TotalDuration">Seconds that it took.</param>
internal sealed record CopySummaryMessage(IReadOnlyList<CopiedSnapshotDetail> Snapshots, long BlobsStored, long BytesRead, long BytesStored, int NumProblems, double TotalDuration)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";

    public static CopySummaryMessage From(CopyReport report, TimeSpan duration) => new(
        [.. report.Snapshots.Select(copied => new CopiedSnapshotDetail(copied.Original.ToString(), copied.Copy.ToString(), copied.WasThere))],
        report.BlobsStored,
        report.BytesRead,
        report.BytesStored,
        report.Problems.Count,
        duration.TotalSeconds);
}
