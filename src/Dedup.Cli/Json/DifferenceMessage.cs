using System.Text.Json.Serialization;
using Dedup.Looking;

namespace Dedup.Cli.Json;

/// <summary>How two snapshots differ in sum, with restic's field names.</summary>
internal sealed record DifferenceMessage(string SourceSnapshot, string TargetSnapshot, long ChangedFiles, DifferenceTotalsDetail Added, DifferenceTotalsDetail Removed)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "statistics";

    public static DifferenceMessage From(SnapshotPlace source, SnapshotPlace target, SnapshotDifference difference) => new(
        source.Snapshot.ToString(), target.Snapshot.ToString(), difference.ChangedFiles,
        DifferenceTotalsDetail.From(difference.Added), DifferenceTotalsDetail.From(difference.Removed));
}
