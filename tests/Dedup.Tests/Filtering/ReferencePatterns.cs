using Dedup.Filtering;

namespace Dedup.Tests.Filtering;

/// <summary>What patterns mean, said as plainly as can be: for paths of ASCII, by recursion, one whole path at a time.</summary>
internal static class ReferencePatterns
{
    public static PathMatch Match(IReadOnlyList<string> patterns, bool ignoresCase, string[] path)
    {
        bool isMatch = false, mayMatchBelow = false;
        foreach (string text in patterns)
        {
            bool isNegated = text.StartsWith('!');
            string pattern = isNegated ? text[1..] : text;
            if (ignoresCase)
            {
                pattern = Lower(pattern);
                path = [.. path.Select(Lower)];
            }

            bool isAnchored = pattern.StartsWith('/');
            string[] components = [.. isAnchored ? [] : (string[])["**"], .. pattern.Split('/', StringSplitOptions.RemoveEmptyEntries)];
            bool matches = Enumerable.Range(0, path.Length + 1).Any(length => MatchesWhole(components, path.AsSpan(0, length)));
            bool mayBelow = matches || !isAnchored || Enumerable.Range(0, components.Length + 1).Any(length => MatchesWhole(components.AsSpan(0, length), path));
            isMatch = isNegated ? isMatch && !matches : isMatch || matches;
            mayMatchBelow = isNegated ? mayMatchBelow && !matches : mayMatchBelow || mayBelow;
        }

        return new PathMatch(isMatch, mayMatchBelow);
    }

    private static string Lower(string text) => new([.. text.Select(char.ToLowerInvariant)]);

    private static bool MatchesWhole(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path) =>
        pattern.IsEmpty ? path.IsEmpty
        : pattern[0] == "**" ? MatchesWhole(pattern[1..], path) || (!path.IsEmpty && MatchesWhole(pattern, path[1..]))
        : !path.IsEmpty && MatchesName(pattern[0], path[0]) && MatchesWhole(pattern[1..], path[1..]);

    private static bool MatchesName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (pattern.IsEmpty)
        {
            return name.IsEmpty;
        }

        if (pattern[0] == '*')
        {
            return MatchesName(pattern[1..], name) || (!name.IsEmpty && MatchesName(pattern, name[1..]));
        }

        if (name.IsEmpty)
        {
            return false;
        }

        switch (pattern[0])
        {
            case '?':
                return MatchesName(pattern[1..], name[1..]);
            case '\\':
                return pattern[1] == name[0] && MatchesName(pattern[2..], name[1..]);
            case '[':
                // Of classes the generator writes only [xy], [x-y] and those with ^.
                int end = pattern.IndexOf(']');
                bool isNegated = pattern[1] == '^';
                ReadOnlySpan<char> members = pattern[(isNegated ? 2 : 1)..end];
                bool isIn = members.Length == 3 ? name[0] >= members[0] && name[0] <= members[2] : members.Contains(name[0]);
                return isIn != isNegated && MatchesName(pattern[(end + 1)..], name[1..]);
            default:
                return pattern[0] == name[0] && MatchesName(pattern[1..], name[1..]);
        }
    }
}
