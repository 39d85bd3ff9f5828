using Dedup.Retention;
using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>Makes versions of what snapshots have at one path.</summary>
internal static class HistoryBuilder
{
    /// <param name="states">The snapshots, the oldest first, with what each has there.</param>
    public static IReadOnlyList<FileVersion> Build(IEnumerable<(Snapshot Snapshot, Node? Node)> states)
    {
        // A snapshot of other paths says nothing of whether the entry was there.
        List<FileVersion> versions = [];
        foreach (var group in states.GroupBy(state => RetentionGrouping.Default.KeyOf(state.Snapshot)))
        {
            versions.AddRange(BuildOne(group));
        }

        return versions;
    }

    private static List<FileVersion> BuildOne(IEnumerable<(Snapshot Snapshot, Node? Node)> states)
    {
        List<FileVersion> versions = [];
        foreach ((Snapshot snapshot, Node? node) in states)
        {
            FileVersion? last = versions.Count > 0 ? versions[^1] : null;
            FileVersionKind? change = ChangeOf(last?.Node, node);
            if (change is { } kind)
            {
                versions.Add(new FileVersion(kind, node, snapshot, snapshot, 1));
            }
            else if (last is not null)
            {
                versions[^1] = last with { Last = snapshot, Snapshots = last.Snapshots + 1 };
            }
        }

        return versions;
    }

    private static FileVersionKind? ChangeOf(Node? before, Node? now) => (before, now) switch
    {
        (null, null) => null,
        (null, _) => FileVersionKind.Added,
        (_, null) => FileVersionKind.Removed,
        _ when !NodeComparison.HaveSameContent(before, now) => FileVersionKind.ContentChanged,
        _ when !NodeComparison.HaveSameMetadata(before, now) => FileVersionKind.MetadataChanged,
        _ => null,
    };
}
