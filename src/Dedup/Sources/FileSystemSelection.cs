using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>What of a directory was asked for: all of it, or only some children. Built once, then only read.</summary>
internal sealed class FileSystemSelection(EntryName name)
{
    private readonly SortedDictionary<EntryName, FileSystemSelection> _children = [];

    /// <summary>The entry's name; the default value for the root.</summary>
    public EntryName Name { get; } = name;

    /// <summary>Whether the entry is stored with everything in it.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The children that were asked for, sorted by name; none when <see cref="IsWhole"/>.</summary>
    public IReadOnlyCollection<FileSystemSelection> Children => _children.Values;

    /// <summary>Asks for what lies at a path, with everything in it.</summary>
    /// <param name="path">Components separated by slashes; empty components are skipped.</param>
    public void Add(ReadOnlySpan<byte> path)
    {
        FileSystemSelection current = this;
        foreach (Range range in path.Split((byte)'/'))
        {
            if (path[range].IsEmpty)
            {
                continue;
            }

            if (current.IsWhole)
            {
                return;
            }

            EntryName name = EntryName.FromBytes(path[range]);
            if (!current._children.TryGetValue(name, out FileSystemSelection? child))
            {
                child = new FileSystemSelection(name);
                current._children.Add(name, child);
            }

            current = child;
        }

        current.IsWhole = true;
        current._children.Clear();
    }

    /// <summary>The child of that name, or <see langword="null"/> when it was not asked for.</summary>
    public FileSystemSelection? Find(EntryName name) => _children.GetValueOrDefault(name);

    /// <summary>The absolute paths of all that is stored whole, for people, in the order of the tree.</summary>
    public IEnumerable<string> Paths() => Paths("");

    private IEnumerable<string> Paths(string prefix) =>
        IsWhole
            ? [prefix.Length == 0 ? "/" : prefix]
            : _children.Values.SelectMany(child => child.Paths($"{prefix}/{child.Name}"));
}
