using System.Text;
using Dedup.Filtering;
using Xunit;

namespace Dedup.Tests.Filtering;

public sealed class PathPatternPropertyTests
{
    private static readonly string[] Pieces = ["a", "b", "a", "B", "*", "?", "\\*", "\\a", "[ab]", "[^a]", "[a-b]", "[^b-c]"];

    [Theory]
    [InlineData(20261122)]
    [InlineData(7)]
    public void Whatever_the_patterns_and_the_path_they_match_as_the_plain_meaning_says(int seed)
    {
        Random random = new(seed);
        int matches = 0;
        for (int round = 0; round < 20_000; round++)
        {
            bool ignoresCase = random.Next(4) == 0;
            string[] texts = [.. Enumerable.Range(0, random.Next(5)).Select(_ => Pattern(random))];
            string[] path = [.. Enumerable.Range(0, random.Next(6)).Select(_ => Name(random))];
            PathPatterns patterns = new(texts.Select(text => PathPattern.Parse(text, ignoresCase)));
            PathMatch expected = ReferencePatterns.Match(texts, ignoresCase, path);
            PathMatch found = patterns.Match(Encoding.UTF8.GetBytes("/" + string.Join('/', path)));
            string what = $"seed {seed}, round {round}: [{string.Join(" ", texts)}] {(ignoresCase ? "ignoring case " : "")}and /{string.Join('/', path)}";
            Assert.True(expected == found, $"{what}: {found} instead of {expected}");
            if (path.Length > 0)
            {
                PatternState state = path[..^1].Aggregate(patterns.Root, (state, name) => patterns.Enter(state, Encoding.UTF8.GetBytes(name)));
                Assert.True(expected == patterns.Match(state, Encoding.UTF8.GetBytes(path[^1])), $"{what}, name by name");
            }

            matches += found.IsMatch ? 1 : 0;
        }

        Assert.InRange(matches, 2_000, 18_000);
    }

    [Fact]
    public void What_is_told_to_be_without_matches_below_has_none()
    {
        Random random = new(20261122);
        int told = 0;
        for (int round = 0; round < 20_000; round++)
        {
            PathPatterns patterns = new(Enumerable.Range(1, 1 + random.Next(3)).Select(_ => PathPattern.Parse(Pattern(random))));
            string path = "/" + string.Join('/', Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Name(random)));
            if (!patterns.Match(Encoding.UTF8.GetBytes(path)).MayMatchBelow)
            {
                told++;
                string below = path + "/" + string.Join('/', Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Name(random)));
                Assert.False(patterns.Match(Encoding.UTF8.GetBytes(below)).IsMatch, $"round {round}: {below}");
            }
        }

        Assert.InRange(told, 1_000, 19_000);
    }

    private static string Pattern(Random random)
    {
        IEnumerable<string> components = Enumerable.Range(0, 1 + random.Next(4)).Select(_ => random.Next(5) == 0
            ? "**"
            : string.Concat(Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Pieces[random.Next(Pieces.Length)])));
        string path = string.Join('/', components);

        // Two asterisks that pieces came to are a component of their own kind.
        return (random.Next(4) == 0 ? "!" : "") + (random.Next(2) == 0 ? "/" : "") + path;
    }

    private static string Name(Random random) => string.Concat(Enumerable.Range(0, 1 + random.Next(2)).Select(_ => "abcB*"[random.Next(5)]));
}
