using System.Text;
using Dedup.Trees;

namespace Dedup.Filtering;

/// <summary>
/// A pattern of paths, as restic has them. It consists of components between slashes. Each matches a whole component of a path: <c>*</c> any
/// characters, <c>?</c> one, <c>[a-z]</c> and <c>[^a-z]</c> one of a class, <c>\x</c> the character x itself. The component <c>**</c> stands for any
/// number of directories, also none. With a slash at the beginning the pattern starts at the root, otherwise in any directory. What matches a
/// directory matches everything below it. <c>!</c> at the beginning takes back what patterns before this one match.
/// </summary>
/// <remarks>Paths are bytes. A character is what UTF-8 encodes as one, and where a path is no UTF-8 a byte.</remarks>
public sealed class PathPattern
{
    private PathPattern(string text, bool isNegated, bool ignoresCase, bool isEmpty, PatternComponent[] components)
    {
        Text = text;
        IsNegated = isNegated;
        IgnoresCase = ignoresCase;
        MatchesAll = isEmpty;
        Components = components;
    }

    /// <summary>The pattern as it was written, for people.</summary>
    public string Text { get; }

    /// <summary>Whether it takes back what patterns before it match.</summary>
    public bool IsNegated { get; }

    /// <summary>Whether upper and lower case count as the same (Unicode's simple case folding).</summary>
    public bool IgnoresCase { get; }

    /// <summary>Whether every path matches, the root too: the pattern is <c>/</c>, or has no component but <c>**</c>.</summary>
    internal bool MatchesAll { get; }

    /// <summary>The components from left to right, without <c>**</c>. One at the end adds nothing, as a match of a directory covers what is below.</summary>
    internal IReadOnlyList<PatternComponent> Components { get; }

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="ignoresCase">Whether upper and lower case count as the same.</param>
    /// <param name="place">Where it stands, for the exception.</param>
    /// <exception cref="BadPatternException">It cannot be understood.</exception>
    public static PathPattern Parse(string text, bool ignoresCase = false, string place = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(Encoding.UTF8.GetBytes(text), ignoresCase, place);
    }

    /// <inheritdoc cref="Parse(string, bool, string)"/>
    public static PathPattern Parse(ReadOnlySpan<byte> text, bool ignoresCase = false, string place = "")
    {
        string display = Encoding.UTF8.GetString(text);
        bool isNegated = text.StartsWith((byte)'!');
        ReadOnlySpan<byte> path = isNegated ? text[1..] : text;
        if (path.IsEmpty)
        {
            throw new BadPatternException(place, display, isNegated ? @"there is nothing after the '!'; write \! for a name that is one" : "is empty");
        }

        if (path.Contains((byte)0))
        {
            throw new BadPatternException(place, EntryName.Display(text), "holds a NUL, which no path does");
        }

        bool isDeep = path[0] != (byte)'/';
        List<PatternComponent> components = [];
        List<Range> ranges = Clean(path);
        foreach (Range range in ranges)
        {
            ReadOnlySpan<byte> component = path[range];
            if (component.SequenceEqual("**"u8))
            {
                isDeep = true;
                continue;
            }

            components.Add(new PatternComponent(NamePatternParser.Parse(component, ignoresCase, display, place), isDeep));
            isDeep = false;
        }

        bool matchesAll = components.Count == 0 && (ranges.Count > 0 || path[0] == (byte)'/');
        return new PathPattern(display, isNegated, ignoresCase, matchesAll, [.. components]);
    }

    /// <summary>The pattern that matches one path and what lies below it, whatever characters are in it.</summary>
    /// <param name="path">An absolute path.</param>
    public static PathPattern ForPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        StringBuilder text = new(path.Length);
        foreach (char character in path)
        {
            text.Append(@"\*?[".Contains(character, StringComparison.Ordinal) ? @"\" : "").Append(character);
        }

        return Parse(text.ToString());
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Parts a pattern, as a path is made clean: without empty components and <c>.</c>, and without <c>..</c> and what is before it.</summary>
    private static List<Range> Clean(ReadOnlySpan<byte> path)
    {
        List<Range> ranges = [];
        foreach (Range range in path.Split((byte)'/'))
        {
            ReadOnlySpan<byte> component = path[range];
            if (component.IsEmpty || component.SequenceEqual("."u8))
            {
                continue;
            }

            bool isUp = component.SequenceEqual(".."u8);
            if (isUp && ranges.Count > 0 && !path[ranges[^1]].SequenceEqual(".."u8))
            {
                ranges.RemoveAt(ranges.Count - 1);
            }
            else if (!isUp || path[0] != (byte)'/')
            {
                ranges.Add(range);
            }
        }

        return ranges;
    }
}
