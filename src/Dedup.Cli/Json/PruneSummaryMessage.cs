using System.Text.Json.Serialization;
using Dedup.Pruning;

namespace Dedup.Cli.Json;

/// <summary>What a prune did, or would do. What is rewritten and left is missing when backups under way kept it from being done.</summary>
/// <param name="DryRun">Whether nothing was really done.</param>
/// <param name="TotalSnapshots">How many snapshots there are.</param>
/// <param name="TotalPacks">How many packs there are.</param>
/// <param name="TotalBytes">The length of all packs.</param>
/// <param name="UsedBlobs">Blobs that snapshots need.</param>
/// <param name="UnusedBytes">The lengths of those that none needs.</param>
/// <param name="PacksDeleted">Packs deleted.</param>
/// <param name="BytesDeleted">Their lengths.</param>
/// <param name="PacksRepacked">Packs that were rewritten; left out where backups under way kept it from being done.</param>
/// <param name="PacksWritten">Packs that were written instead.</param>
/// <param name="BytesWritten">Their lengths.</param>
/// <param name="BytesFreed">How much less is stored.</param>
/// <param name="UnusedBytesLeft">What stays although no snapshot needs it; left out where backups under way kept it from being done.</param>
/// <param name="EstimatedRequests">How many requests a prune would take of a store that is far away.</param>
/// <param name="EstimatedBytesSent">How many bytes it would send.</param>
/// <param name="EstimatedBytesFetched">How many bytes it would fetch.</param>
/// <param name="SessionsEnded">Backups that were taken for dead.</param>
/// <param name="SessionsAwaited">Backups that are still under way.</param>
/// <param name="TotalDuration">Seconds that it took.</param>
internal sealed record PruneSummaryMessage(
    bool DryRun,
    long TotalSnapshots,
    long TotalPacks,
    long TotalBytes,
    long UsedBlobs,
    long UnusedBytes,
    long PacksDeleted,
    long BytesDeleted,
    long? PacksRepacked,
    long PacksWritten,
    long BytesWritten,
    long BytesFreed,
    long? UnusedBytesLeft,
    long? EstimatedRequests,
    long? EstimatedBytesSent,
    long? EstimatedBytesFetched,
    IReadOnlyList<string> SessionsEnded,
    IReadOnlyList<string> SessionsAwaited,
    double TotalDuration)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";

    public static PruneSummaryMessage From(PruneReport report, TimeSpan duration)
    {
        bool isCompleted = report.SessionsAwaited.Count == 0;
        return new PruneSummaryMessage(
            report.IsDryRun,
            report.Snapshots,
            report.Packs,
            report.Bytes,
            report.UsedBlobs,
            report.UnusedBytes,
            report.PacksDeleted,
            report.BytesDeleted,
            isCompleted ? report.PacksRepacked : null,
            report.PacksWritten,
            report.BytesWritten,
            report.BytesFreed,
            isCompleted ? report.UnusedBytesLeft : null,
            report.Cost?.Requests,
            report.Cost?.BytesSent,
            report.Cost?.BytesFetched,
            Ids(report.SessionsEnded),
            Ids(report.SessionsAwaited),
            duration.TotalSeconds);
    }

    private static IReadOnlyList<string> Ids(IReadOnlyList<SnapshotId> sessions) => [.. sessions.Select(session => session.ToString())];
}
