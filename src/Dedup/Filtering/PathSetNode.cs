using Dedup.Trees;

namespace Dedup.Filtering;

/// <summary>A path of a <see cref="PathSet"/>, or one on the way to some.</summary>
internal sealed class PathSetNode
{
    private readonly Dictionary<EntryName, PathSetNode> _below = [];

    /// <summary>Whether the path itself is in the set.</summary>
    public bool IsMember { get; set; }

    /// <summary>Whether longer paths are.</summary>
    public bool HasBelow => _below.Count > 0;

    /// <summary>What is known of an entry of this directory; <see langword="null"/> when nothing of it is in the set.</summary>
    public PathSetNode? Find(EntryName name) => _below.GetValueOrDefault(name);

    /// <summary>The same, made when it is not there.</summary>
    public PathSetNode Enter(EntryName name)
    {
        if (!_below.TryGetValue(name, out PathSetNode? node))
        {
            _below.Add(name, node = new PathSetNode());
        }

        return node;
    }
}
