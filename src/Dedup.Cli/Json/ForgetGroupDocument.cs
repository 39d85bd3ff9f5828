using Dedup.Cli.Commands;

namespace Dedup.Cli.Json;

/// <summary>What becomes of a group of snapshots, with restic's field names.</summary>
/// <param name="Tags">The tags that they share; left out when they are not grouped by them.</param>
/// <param name="Host">The host that they share.</param>
/// <param name="Paths">The paths that they share.</param>
/// <param name="Keep">Those that stay, the newest first.</param>
/// <param name="Remove">Those that are forgotten.</param>
/// <param name="Damaged">The ids of those that are forgotten and cannot be read; left out when there is none.</param>
/// <param name="Missing">The ids of those that are forgotten and must be there, but are not; left out when there is none.</param>
/// <param name="Reasons">Why those that stay do.</param>
internal sealed record ForgetGroupDocument(
    IReadOnlyList<string>? Tags,
    string? Host,
    IReadOnlyList<string>? Paths,
    IReadOnlyList<SnapshotDocument> Keep,
    IReadOnlyList<SnapshotDocument> Remove,
    IReadOnlyList<string>? Damaged,
    IReadOnlyList<string>? Missing,
    IReadOnlyList<ForgetReasonDocument> Reasons)
{
    public static ForgetGroupDocument From(ForgetGroup group) => new(
        group.Key?.Tags,
        group.Key?.Host,
        group.Key?.Paths,
        Snapshots(group, isKept: true),
        Snapshots(group, isKept: false),
        Ids(group.Damaged),
        Ids(group.Missing),
        [.. group.Decisions.Where(decision => decision.Keep).Select(ForgetReasonDocument.From)]);

    private static IReadOnlyList<string>? Ids(IReadOnlyList<SnapshotId> snapshots) => snapshots.Count == 0 ? null : [.. snapshots.Select(id => id.ToString())];

    private static IReadOnlyList<SnapshotDocument> Snapshots(ForgetGroup group, bool isKept) =>
        [.. group.Decisions.Where(decision => decision.Keep == isKept).Select(decision => SnapshotDocument.From(decision.Snapshot))];
}
