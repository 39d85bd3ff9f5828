using Dedup.Retention;

namespace Dedup.Cli.Json;

/// <summary>Why a snapshot stays.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Matches">The rules that ask for it, such as <c>daily snapshot</c>.</param>
internal sealed record ForgetReasonDocument(SnapshotDocument Snapshot, IReadOnlyList<string> Matches)
{
    public static ForgetReasonDocument From(RetentionDecision decision) =>
        new(SnapshotDocument.From(decision.Snapshot), [.. decision.Reasons.Select(reason => reason.ToString())]);
}
