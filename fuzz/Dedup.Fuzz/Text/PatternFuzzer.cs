using Dedup.Filtering;

namespace Dedup.Fuzz;

/// <summary>
/// Patterns of paths that are left out or picked. The input is a number of patterns, each with flags and a length, and a path. All ways of asking must
/// agree, and with a matcher that tries everything.
/// </summary>
internal sealed class PatternFuzzer() : Fuzzer("pattern")
{
    private const int MaxPatterns = 4;

    public override int MaxLength => 512;

    public override IEnumerable<byte[]> Seeds =>
    [
        Script("/home/user/file", "*.o"), Script("/home/user/file.o", "/home/**/*.o", "!/home/user", "f?le"), Script("/a/b/c", "**", "!b/**"),
        Script("/Ünïcode/\u0130", "ü*[a-z]", @"\*\?\[", "[^a-c]"), Script("/a//b/", "a/../b/./c", "/", "//"), Script("", "[", @"\"),
    ];

    public override IReadOnlyList<byte[]> Words { get; } =
        ["**"u8.ToArray(), "/**/"u8.ToArray(), "[a-z]"u8.ToArray(), "[^"u8.ToArray(), "]"u8.ToArray(), @"\"u8.ToArray(), "../"u8.ToArray(), "!"u8.ToArray(), [0xFF, 0xFE], [0xED, 0xA0, 0x80], "ſK"u8.ToArray()];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        InputReader script = new(input);
        List<PathPattern> patterns = [];
        Outcome outcome = Outcome.Accepted();
        for (int left = script.Below(MaxPatterns) + 1; left > 0; left--)
        {
            bool ignoresCase = (script.Byte() & 1) == 1;
            try
            {
                patterns.Add(PathPattern.Parse(script.Piece(), ignoresCase));
            }
            catch (BadPatternException exception)
            {
                outcome = outcome.And(new Outcome(Outcome.OfWords(exception.Reason)));
            }
        }

        PathPatterns list;
        PathMatch match;
        using (Allocation.AtMost(AllocationFor(input.Length)))
        {
            list = new PathPatterns(patterns);
            match = list.Match(script.Rest);
        }

        byte[][] names = Names(script.Rest);
        RequireStepsAgree(list, names, match);
        RequireSingleAgree(patterns, names, script.Rest);
        RequireBelowAgrees(list, patterns, names, match);
        return outcome.And(Outcome.Accepted(patterns.Count, match.IsMatch ? 1 : 0, match.MayMatchBelow ? 1 : 0, names.Length));
    }

    /// <summary>A walk, which goes down name by name, comes to the same.</summary>
    private static void RequireStepsAgree(PathPatterns list, byte[][] names, PathMatch match)
    {
        PatternState state = list.Root;
        for (int i = 0; i < names.Length; i++)
        {
            if (i == names.Length - 1)
            {
                PropertyException.Require(list.Match(state, names[i]) == match, "a walk finds another match than the path");
            }

            state = list.Enter(state, names[i]);
        }
    }

    /// <summary>A single pattern matches where trying every way does.</summary>
    private static void RequireSingleAgree(List<PathPattern> patterns, byte[][] names, ReadOnlySpan<byte> path)
    {
        foreach (PathPattern pattern in patterns)
        {
            bool expected = !pattern.IsNegated && (pattern.MatchesAll || (pattern.Components.Count > 0 && Matches(pattern.Components, names)));
            PropertyException.Require(new PathPatterns([pattern]).Match(path).IsMatch == expected, "a single pattern matches other paths than it should");
        }
    }

    /// <summary>Nothing below matches where nothing may, and everything where no pattern takes anything back.</summary>
    private static void RequireBelowAgrees(PathPatterns list, List<PathPattern> patterns, byte[][] names, PathMatch match)
    {
        foreach (byte[] name in names.Append("x"u8.ToArray()))
        {
            byte[] below = [.. names.Append(name).SelectMany(static part => part.Prepend((byte)'/'))];
            bool isMatch = list.Match(below).IsMatch;
            PropertyException.Require(!isMatch || match.MayMatchBelow, "something matches below a directory in which nothing may");
            PropertyException.Require(isMatch || !match.IsMatch || patterns.Exists(static pattern => pattern.IsNegated), "something below a match does not match");
        }
    }

    /// <summary>Tries every way to lay the components onto the names.</summary>
    private static bool Matches(IReadOnlyList<PatternComponent> components, byte[][] names)
    {
        // Whether the components from one on match the names from one on, the last of both first.
        bool[,] matches = new bool[components.Count + 1, names.Length + 1];
        for (int name = names.Length; name >= 0; name--)
        {
            matches[components.Count, name] = true;
            for (int i = components.Count - 1; i >= 0 && name < names.Length; i--)
            {
                matches[i, name] = (components[i].Name.Matches(names[name]) && matches[i + 1, name + 1]) || (components[i].IsDeep && matches[i, name + 1]);
            }
        }

        return matches[0, 0];
    }

    private static byte[][] Names(ReadOnlySpan<byte> path)
    {
        List<byte[]> names = [];
        foreach (Range range in path.Split((byte)'/'))
        {
            if (!path[range].IsEmpty)
            {
                names.Add(path[range].ToArray());
            }
        }

        return [.. names];
    }

    private static byte[] Script(string path, params string[] patterns) =>
    [
        (byte)(patterns.Length - 1),
        .. patterns.SelectMany(static pattern => (byte[])[0, (byte)System.Text.Encoding.UTF8.GetByteCount(pattern), .. System.Text.Encoding.UTF8.GetBytes(pattern)]),
        .. System.Text.Encoding.UTF8.GetBytes(path),
    ];
}
