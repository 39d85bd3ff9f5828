using Dedup.Trees;

namespace Dedup.Browsing;

/// <summary>The entries of a folder above the snapshots, which is in no snapshot; sorted by name.</summary>
internal sealed class FolderContent
{
    private readonly SortedDictionary<EntryName, ViewEntry> _entries = [];

    public IReadOnlyCollection<ViewEntry> Entries => _entries.Values;

    /// <summary>When the newest snapshot in it or below was made; the beginning of 1970 when there is none.</summary>
    public DateTimeOffset Newest { get; private set; } = DateTimeOffset.UnixEpoch;

    public ViewEntry? Find(EntryName name) => _entries.GetValueOrDefault(name);

    public void Add(ViewEntry entry)
    {
        _entries[entry.Name] = entry;
        Newest = entry.Modified > Newest ? entry.Modified : Newest;
    }
}
