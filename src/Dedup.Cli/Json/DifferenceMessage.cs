using System.Text.Json.Serialization;
using Dedup.Looking;

namespace Dedup.Cli.Json;

/// <summary>How two snapshots differ in sum, with restic's field names.</summary>
/// <param name="SourceSnapshot">The id of the first snapshot.</param>
/// <param name="TargetSnapshot">The id of the second.</param>
/// <param name="ChangedFiles">Files that both have and that differ.</param>
/// <param name="Added">What only the second has.</param>
/// <param name="Removed">What only the first has.</param>
internal sealed record DifferenceMessage(string SourceSnapshot, string TargetSnapshot, long ChangedFiles, DifferenceTotalsDetail Added, DifferenceTotalsDetail Removed)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "statistics";

    public static DifferenceMessage From(SnapshotPlace source, SnapshotPlace target, SnapshotDifference difference) => new(
        source.Snapshot.ToString(), target.Snapshot.ToString(), difference.ChangedFiles,
        DifferenceTotalsDetail.From(difference.Added), DifferenceTotalsDetail.From(difference.Removed));
}
