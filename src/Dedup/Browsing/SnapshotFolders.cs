using System.Globalization;
using System.Text;
using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup.Browsing;

/// <summary>
/// Puts snapshots into folders: <c>ids/1a2b3c4d</c>, <c>hosts/HOST/TIME</c>, <c>tags/TAG/TIME</c> and <c>snapshots/TIME</c>, the last three with <c>latest</c>
/// beside the times. The layout is that of restic's mount.
/// </summary>
internal static class SnapshotFolders
{
    private const int ShortIdLength = 8;

    /// <summary>In the snapshot's own time zone, without what other systems do not take in a name; sorts by time within a zone.</summary>
    private const string TimeFormat = "yyyy-MM-dd'T'HH-mm-ss";

    /// <summary>Makes the root of all folders.</summary>
    /// <param name="snapshots">The snapshots, oldest first.</param>
    public static ViewEntry Build(IReadOnlyList<Snapshot> snapshots)
    {
        FolderContent root = new();
        root.Add(ViewEntry.OfFolder(Name("ids"), ById(snapshots)));
        root.Add(ViewEntry.OfFolder(Name("hosts"), ByWord(snapshots, static snapshot => [snapshot.Host])));
        root.Add(ViewEntry.OfFolder(Name("tags"), ByWord(snapshots, static snapshot => snapshot.Tags)));
        root.Add(ViewEntry.OfFolder(Name("snapshots"), ByTime(snapshots)));
        return ViewEntry.OfFolder(default, root);
    }

    private static FolderContent ById(IReadOnlyList<Snapshot> snapshots)
    {
        FolderContent content = new();
        foreach (IGrouping<string, Snapshot> group in snapshots.GroupBy(static snapshot => ShortId(snapshot)))
        {
            bool isAlone = group.Count() == 1;
            foreach (Snapshot snapshot in group)
            {
                content.Add(ViewEntry.OfSnapshot(Name(isAlone ? group.Key : snapshot.Id.ToString()), snapshot));
            }
        }

        return content;
    }

    private static FolderContent ByWord(IReadOnlyList<Snapshot> snapshots, Func<Snapshot, IEnumerable<string>> words)
    {
        FolderContent content = new();
        var byWord = snapshots.SelectMany(snapshot => words(snapshot).Distinct(), static (snapshot, word) => (snapshot, Word: Escape(word)))
            .GroupBy(static pair => pair.Word, static pair => pair.snapshot);
        foreach (IGrouping<string, Snapshot> group in byWord.Where(static group => EntryName.IsValid(Encoding.UTF8.GetBytes(group.Key))))
        {
            content.Add(ViewEntry.OfFolder(Name(group.Key), ByTime([.. group])));
        }

        return content;
    }

    private static FolderContent ByTime(IReadOnlyList<Snapshot> snapshots)
    {
        FolderContent content = new();
        foreach (Snapshot snapshot in snapshots)
        {
            EntryName time = Name(snapshot.Time.ToString(TimeFormat, CultureInfo.InvariantCulture));
            bool isTaken = content.Find(time) is not null;
            content.Add(ViewEntry.OfSnapshot(isTaken ? Name($"{time}-{ShortId(snapshot)}") : time, snapshot));
        }

        if (snapshots.Count > 0)
        {
            content.Add(ViewEntry.OfSnapshot(Name("latest"), snapshots[^1]));
        }

        return content;
    }

    /// <summary>A host or tag as a name: a slash, NUL and percent sign, and the dots of <c>.</c> and <c>..</c>, as <c>%NN</c>.</summary>
    private static string Escape(string word) => word is "." or ".."
        ? word.Replace(".", "%2E", StringComparison.Ordinal)
        : word.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal).Replace("\0", "%00", StringComparison.Ordinal);

    private static string ShortId(Snapshot snapshot) => snapshot.Id.ToString()[..ShortIdLength];

    private static EntryName Name(string text) => EntryName.FromText(text);
}
