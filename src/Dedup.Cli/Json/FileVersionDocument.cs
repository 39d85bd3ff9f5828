using Dedup.Cli.Output;
using Dedup.Looking;
using Dedup.Trees;

namespace Dedup.Cli.Json;

/// <summary>A version of an entry.</summary>
/// <param name="Path">The entry.</param>
/// <param name="Change">How it differs from the version before: <c>added</c>, <c>content_changed</c>, <c>metadata_changed</c> or <c>removed</c>.</param>
/// <param name="Hostname">The host of the snapshots.</param>
/// <param name="Paths">Their paths.</param>
/// <param name="FirstSnapshot">The oldest snapshot with this version.</param>
/// <param name="FirstTime">When that was.</param>
/// <param name="LastSnapshot">The newest snapshot with it.</param>
/// <param name="LastTime">When that was.</param>
/// <param name="SnapshotsCount">How many have it.</param>
/// <param name="Node">The entry in the oldest; left out where it is removed.</param>
internal sealed record FileVersionDocument(
    string Path,
    string Change,
    string Hostname,
    IReadOnlyList<string> Paths,
    string FirstSnapshot,
    DateTimeOffset FirstTime,
    string LastSnapshot,
    DateTimeOffset LastTime,
    int SnapshotsCount,
    MatchDocument? Node)
{
    public static FileVersionDocument From(string path, FileVersion version) => new(
        path,
        KindText.Of(version.Kind),
        version.First.Host,
        version.First.Paths,
        version.First.Id.ToString(),
        version.First.Time,
        version.Last.Id.ToString(),
        version.Last.Time,
        version.Snapshots,
        version.Node is null ? null : MatchDocument.From(new TreeEntry([.. DirectoryOf(path)], version.Node)));

    private static IEnumerable<EntryName> DirectoryOf(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipLast(1).Select(EntryName.FromText);
}
