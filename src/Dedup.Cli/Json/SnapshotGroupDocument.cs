using Dedup.Retention;
using Dedup.Snapshots;

namespace Dedup.Cli.Json;

/// <summary>A group of snapshots, with restic's field names.</summary>
internal sealed record SnapshotGroupDocument(GroupKeyDetail GroupKey, IReadOnlyList<SnapshotDocument> Snapshots)
{
    public static SnapshotGroupDocument From(RetentionGroupKey key, IEnumerable<Snapshot> snapshots) => new(
        new GroupKeyDetail(key.Host ?? "", key.Paths ?? [], key.Tags ?? []),
        [.. snapshots.Select(SnapshotDocument.From)]);
}
