using Dedup.Retention;
using Dedup.Snapshots;

namespace Dedup.Cli.Json;

/// <summary>A group of snapshots, with restic's field names.</summary>
/// <param name="GroupKey">What they share.</param>
/// <param name="Snapshots">The snapshots of the group.</param>
internal sealed record SnapshotGroupDocument(GroupKeyDetail GroupKey, IReadOnlyList<SnapshotDocument> Snapshots)
{
    public static SnapshotGroupDocument From(RetentionGroupKey key, IEnumerable<Snapshot> snapshots) => new(
        new GroupKeyDetail(key.Host ?? "", key.Paths ?? [], key.Tags ?? []),
        [.. snapshots.Select(SnapshotDocument.From)]);
}
