using System.Buffers;

namespace Dedup.Filtering;

/// <summary>
/// A list of patterns, ready to be asked. The last pattern of the list that matches a path decides: the path matches unless that one is negated.
/// Patterns that ignore case are a list of their own beside the others, so that a negation takes back matches of its own kind
/// only; a path matches when it matches either. Thread-safe.
/// </summary>
/// <remarks>
/// A walk asks with the state of the directory (<see cref="Root"/>, <see cref="Enter"/>): then only those components are compared that may match
/// there. All patterns together are a nondeterministic automaton over names; its states are positions in the patterns.
/// </remarks>
public sealed class PathPatterns
{
    private const int Lists = 2, MaxOnStack = 256;

    // The components of all patterns one after another, each pattern closed by an end, which has no name.
    private readonly NamePattern?[] _names;
    private readonly bool[] _isDeep;
    private readonly int[] _patternAt;

    private readonly PathPattern[] _patterns;

    // First components of patterns that may begin in any directory: positions that are part of every state.
    private readonly int[] _everywhere;

    // The last pattern of each list that is not negated and may begin in any directory; -1 when there is none.
    private readonly int[] _lastFloating = new int[Lists];

    /// <summary>Reads a list of patterns that tell upper from lower case, such as <c>*.tmp</c>, <c>/home/*/.cache</c> or <c>!keep.tmp</c>: docs/sources.md says what they match.</summary>
    /// <exception cref="BadPatternException">One of them cannot be understood.</exception>
    public static PathPatterns Parse(params IEnumerable<string> patterns) => new(patterns.Select(static pattern => PathPattern.Parse(pattern)));

    /// <summary>Makes a list.</summary>
    public PathPatterns(IEnumerable<PathPattern> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        _patterns = [.. patterns];
        List<NamePattern?> names = [];
        List<bool> isDeep = [];
        List<int> patternAt = [], everywhere = [], root = [];
        Array.Fill(_lastFloating, -1);
        for (int i = 0; i < _patterns.Length; i++)
        {
            PathPattern pattern = _patterns[i];
            bool isFloating = pattern.Components.Count > 0 && pattern.Components[0].IsDeep;
            if (isFloating || pattern.MatchesAll || pattern.Components.Count > 0)
            {
                (isFloating ? everywhere : root).Add(names.Count);
            }

            if (isFloating && !pattern.IsNegated)
            {
                _lastFloating[ListOf(i)] = i;
            }

            foreach (PatternComponent component in pattern.Components)
            {
                names.Add(component.Name);
                isDeep.Add(component.IsDeep);
                patternAt.Add(i);
            }

            names.Add(null);
            isDeep.Add(false);
            patternAt.Add(i);
        }

        _names = [.. names];
        _isDeep = [.. isDeep];
        _patternAt = [.. patternAt];
        _everywhere = [.. everywhere];
        Root = new PatternState([.. root]);
    }

    /// <summary>No patterns: nothing matches.</summary>
    public static PathPatterns None { get; } = new([]);

    /// <summary>How many patterns there are.</summary>
    public int Count => _patterns.Length;

    /// <summary>The state of the root directory.</summary>
    internal PatternState Root { get; }

    /// <summary>The same list with one more pattern at its end.</summary>
    public PathPatterns And(PathPattern pattern) => new(_patterns.Append(pattern));

    /// <summary>Asks for a path.</summary>
    /// <param name="path">The path from the root, as bytes; slashes at its ends or in a row do not count. Free of <c>.</c> and <c>..</c>.</param>
    public PathMatch Match(ReadOnlySpan<byte> path)
    {
        // A state has at most all positions, and a step notes each of them and the one after it.
        int room = _names.Length * 3;
        int[] rented = ArrayPool<int>.Shared.Rent(room * 2);
        Span<int> current = rented.AsSpan(0, room);
        Span<int> next = rented.AsSpan(room, room);
        Root.Positions.CopyTo(current);
        int count = Root.Positions.Length;
        foreach (Range range in path.Split((byte)'/'))
        {
            ReadOnlySpan<byte> name = path[range];
            if (!name.IsEmpty)
            {
                count = Distinct(next[..Step(current[..count], name, next)]);
                Span<int> spare = current;
                current = next;
                next = spare;
            }
        }

        PathMatch match = Judge(current[..count]);
        ArrayPool<int>.Shared.Return(rented);
        return match;
    }

    /// <summary>Asks for an entry of a directory. Allocates nothing.</summary>
    /// <param name="directory">The directory's state.</param>
    /// <param name="name">The entry's name, not empty.</param>
    internal PathMatch Match(PatternState directory, ReadOnlySpan<byte> name)
    {
        int room = Room(directory);
        int[]? rented = null;
        Span<int> next = room <= MaxOnStack ? stackalloc int[MaxOnStack] : rented = ArrayPool<int>.Shared.Rent(room);
        PathMatch match = Judge(next[..Step(directory.Positions, name, next)]);
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }

        return match;
    }

    /// <summary>The state of a subdirectory. Allocates only for one that differs from its parent and from the usual.</summary>
    /// <param name="directory">The directory's state.</param>
    /// <param name="name">The subdirectory's name.</param>
    internal PatternState Enter(PatternState directory, ReadOnlySpan<byte> name)
    {
        int room = Room(directory);
        int[]? rented = null;
        Span<int> next = room <= MaxOnStack ? stackalloc int[MaxOnStack] : rented = ArrayPool<int>.Shared.Rent(room);
        next = next[..Distinct(next[..Step(directory.Positions, name, next)])];
        PatternState state = next.IsEmpty ? PatternState.Empty : next.SequenceEqual(directory.Positions) ? directory : new PatternState(next.ToArray());
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }

        return state;
    }

    private int Room(PatternState directory) => (directory.Positions.Length * 2) + _everywhere.Length;

    /// <summary>Takes a name: from the positions in its directory to those below it, in no order, some perhaps twice.</summary>
    private int Step(ReadOnlySpan<int> positions, ReadOnlySpan<byte> name, Span<int> next)
    {
        int count = 0;
        foreach (int position in _everywhere)
        {
            if (_names[position]!.Matches(name))
            {
                next[count++] = position + 1;
            }
        }

        foreach (int position in positions)
        {
            NamePattern? pattern = _names[position];
            if (pattern is null || _isDeep[position])
            {
                next[count++] = position;
            }

            if (pattern is not null && pattern.Matches(name))
            {
                next[count++] = position + 1;
            }
        }

        return count;
    }

    /// <summary>What the positions after an entry's name say of the entry.</summary>
    private PathMatch Judge(ReadOnlySpan<int> positions)
    {
        // Of each list, the last pattern that matches, and the last that says something of what is below: that it may match, or, where a negated
        // one matches, that all matches of patterns before it are taken back.
        Span<int> match = [-1, -1];
        Span<int> below = [_lastFloating[0], _lastFloating[1]];
        foreach (int position in positions)
        {
            int pattern = _patternAt[position];
            int list = ListOf(pattern);
            bool isEnd = _names[position] is null;
            match[list] = isEnd ? Math.Max(match[list], pattern) : match[list];
            below[list] = isEnd || !_patterns[pattern].IsNegated ? Math.Max(below[list], pattern) : below[list];
        }

        return new PathMatch(Includes(match[0]) || Includes(match[1]), Includes(below[0]) || Includes(below[1]));
    }

    private bool Includes(int pattern) => pattern >= 0 && !_patterns[pattern].IsNegated;

    private int ListOf(int pattern) => _patterns[pattern].IgnoresCase ? 1 : 0;

    private static int Distinct(Span<int> positions)
    {
        positions.Sort();
        int kept = 0;
        foreach (int position in positions)
        {
            if (kept == 0 || positions[kept - 1] != position)
            {
                positions[kept++] = position;
            }
        }

        return kept;
    }
}
