using Dedup.Trees;

namespace Dedup.Filtering;

/// <summary>Entries of a snapshot, each named by its whole path. Asking costs the same however many there are. Built first, then only read.</summary>
public sealed class PathSet
{
    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>What is known at the root.</summary>
    internal PathSetNode Root { get; } = new();

    /// <summary>Adds an entry; what lies below it is not added by that.</summary>
    /// <param name="entry">The entry.</param>
    public void Add(TreeEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        PathSetNode node = Root;
        foreach (EntryName name in entry.Directory)
        {
            node = node.Enter(name);
        }

        node = node.Enter(entry.Node.Name);
        Count += node.IsMember ? 0 : 1;
        node.IsMember = true;
    }
}
