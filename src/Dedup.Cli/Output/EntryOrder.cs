using Dedup.Trees;

namespace Dedup.Cli.Output;

/// <summary>Orders in which entries are listed; restic's words.</summary>
internal static class EntryOrder
{
    public static string[] Words { get; } = ["name", "size", "time", "mtime", "ctime", "extension"];

    /// <summary>Sorts entries. Without a word they come as they are read; otherwise all are read first.</summary>
    public static IAsyncEnumerable<TreeEntry> Sort(IAsyncEnumerable<TreeEntry> entries, string? word, bool isReversed)
    {
        IAsyncEnumerable<TreeEntry> sorted = word switch
        {
            "size" => entries.OrderByDescending(entry => entry.Node.Metadata.Size),
            "time" or "mtime" => entries.OrderByDescending(entry => entry.Node.Metadata.ModifiedNs),
            "ctime" => entries.OrderByDescending(entry => entry.Node.Metadata.ChangedNs),
            "extension" => entries.OrderBy(entry => Path.GetExtension(entry.Node.Name.ToString()), StringComparer.Ordinal),
            _ => entries,
        };
        return isReversed ? sorted.Reverse() : sorted;
    }
}
