using System.Text.Json.Serialization;
using Dedup.Pruning;

namespace Dedup.Cli.Json;

/// <summary>What a prune did, or would do. What is rewritten and left is missing when backups under way kept it from being done.</summary>
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
