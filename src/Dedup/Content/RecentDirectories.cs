using Dedup.Catalogue;
using Dedup.Format;

namespace Dedup.Content;

/// <summary>
/// The directories of packs that are read from again and again, in memory: a walk of trees finds thousands of pages in a few packs, and
/// a look into a dictionary takes the place of the catalogue's six to seven microseconds. One thread at a time.
/// </summary>
internal sealed class RecentDirectories(CatalogueDatabase catalogue)
{
    /// <summary>The directory of a pack of trees takes about a megabyte.</summary>
    private const int MaxDirectories = 4;

    /// <summary>Reading a directory costs about as much as so many lookups: it never costs much more than it may save.</summary>
    private const int FindsBeforeReading = 256;

    /// <summary>How many packs are counted before the counts begin anew.</summary>
    private const int MaxCounted = 1024;

    private readonly List<(PackDirectory Pack, Dictionary<BlobId, PackEntry> Entries)> _directories = [];
    private readonly Dictionary<PackId, int> _finds = [];
    private int _oldest;

    /// <summary>Finds a blob in the directories that are kept.</summary>
    public bool TryFind(BlobId id, out BlobLocation location)
    {
        foreach ((PackDirectory pack, Dictionary<BlobId, PackEntry> entries) in _directories)
        {
            if (entries.TryGetValue(id, out PackEntry entry))
            {
                location = new BlobLocation(pack.Id, pack.Kind, entry);
                return true;
            }
        }

        location = default;
        return false;
    }

    /// <summary>Notes that the catalogue was asked for something in a pack.</summary>
    /// <exception cref="CatalogueDamagedException">The catalogue is damaged.</exception>
    public void Note(PackId pack)
    {
        int finds = _finds.GetValueOrDefault(pack) + 1;
        if (finds < FindsBeforeReading)
        {
            if (_finds.Count == MaxCounted)
            {
                _finds.Clear();
            }

            _finds[pack] = finds;
            return;
        }

        _finds.Remove(pack);
        if (catalogue.ReadPack(pack) is { } directory)
        {
            Keep(directory);
        }
    }

    private void Keep(PackDirectory directory)
    {
        Dictionary<BlobId, PackEntry> entries = new(directory.Entries.Count);
        foreach (PackEntry entry in directory.Entries)
        {
            entries.TryAdd(entry.Id, entry);
        }

        if (_directories.Count < MaxDirectories)
        {
            _directories.Add((directory, entries));
            return;
        }

        _directories[_oldest] = (directory, entries);
        _oldest = (_oldest + 1) % MaxDirectories;
    }
}
