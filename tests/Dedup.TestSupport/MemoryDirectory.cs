using System.Text;
using Dedup.Trees;
using Xunit;

namespace Dedup.TestSupport;

/// <summary>A directory of a <see cref="MemorySource"/>.</summary>
public sealed class MemoryDirectory : MemoryEntry
{
    private static long _lastInode;

    private readonly SortedDictionary<EntryName, MemoryEntry> _entries = [];

    /// <summary>The entries by name.</summary>
    public IReadOnlyDictionary<EntryName, MemoryEntry> Entries => _entries;

    /// <summary>What listing it fails with; <see langword="null"/> when it succeeds.</summary>
    public Sources.SourceException? ListingFailure { get; set; }

    /// <inheritdoc/>
    public override NodeMetadata Metadata => new() { Type = NodeType.Directory, Mode = 0x1ED, ModifiedNs = TimeNs, ChangedNs = TimeNs };

    /// <summary>Adds a file; <paramref name="data"/> as in <see cref="MemoryFile.Data"/>.</summary>
    public MemoryFile File(string name, byte[] content, IReadOnlyList<(int Start, int End)>? data = null) =>
        Add(name, new MemoryFile((ulong)Interlocked.Increment(ref _lastInode), content) { Data = data });

    /// <summary>Adds a file of text.</summary>
    public MemoryFile File(string name, string content) => File(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Adds a directory.</summary>
    public MemoryDirectory Directory(string name) => Add(name, new MemoryDirectory());

    /// <summary>Adds a symbolic link.</summary>
    public MemoryLink Link(string name, string target) => Add(name, new MemoryLink((ulong)Interlocked.Increment(ref _lastInode), target));

    /// <summary>Takes an entry out.</summary>
    public void Remove(string name) => Assert.True(_entries.Remove(EntryName.FromText(name)));

    private T Add<T>(string name, T entry)
        where T : MemoryEntry
    {
        _entries[EntryName.FromText(name)] = entry;
        return entry;
    }
}
