using Dedup.Filtering;
using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>A pattern of what is looked for: it matches an entry itself, never for what lies above it.</summary>
internal sealed class FindPattern
{
    private readonly PatternComponent[] _components;
    private readonly bool _isBelow;

    /// <summary>Takes over a pattern.</summary>
    /// <exception cref="ArgumentException">It is negated: there is nothing to take back.</exception>
    public FindPattern(PathPattern pattern)
    {
        if (pattern.IsNegated)
        {
            throw new ArgumentException($@"'{pattern.Text}': what is looked for cannot be taken back; write \! for a name that begins so", nameof(pattern));
        }

        _components = [.. pattern.Components];

        // What closes a pattern is left out of its components, as elsewhere a match of a directory covers what is below.
        _isBelow = pattern.MatchesAll || pattern.Text.TrimEnd('/').EndsWith("/**", StringComparison.Ordinal);
    }

    /// <summary>Whether an entry of this name may match, in some directory.</summary>
    public bool MayMatch(ReadOnlySpan<byte> name) => _isBelow || _components[^1].Name.Matches(name);

    /// <summary>Whether an entry matches.</summary>
    public bool Matches(TreeEntry entry)
    {
        // Which components may come next, after each name of the path.
        bool[] next = new bool[_components.Length + 1];
        next[0] = true;
        bool isAboveMatched = _components.Length == 0;
        foreach (EntryName name in entry.Directory)
        {
            Step(next, name);
            isAboveMatched |= next[^1];
        }

        Step(next, entry.Node.Name);
        return _isBelow ? isAboveMatched : next[^1];
    }

    private void Step(bool[] next, EntryName name)
    {
        next[^1] = false;
        for (int i = _components.Length - 1; i >= 0; i--)
        {
            if (next[i])
            {
                next[i + 1] |= _components[i].Name.Matches(name.Bytes);
                next[i] = _components[i].IsDeep;
            }
        }
    }
}
