using System.Text;
using Dedup.Filtering;
using Xunit;

namespace Dedup.Tests.Filtering;

/// <summary>What restic's manual says of patterns, and what its users rely on.</summary>
public sealed class PathPatternTests
{
    [Theory]
    [InlineData("foo", "/dir1/foo/dir2/file", true)]
    [InlineData("foo", "/dir/foo", true)]
    [InlineData("foo", "/dir/foobar", false)]
    [InlineData("foo", "barfoo", false)]
    [InlineData("/bin", "/bin/bash", true)]
    [InlineData("/bin", "/usr/bin/restic", false)]
    [InlineData("/bin/", "/bin/bash", true)]
    [InlineData("foo/", "/dir/foo", true)]
    [InlineData("b*ash", "/bin/bash", true)]
    [InlineData("b*ash", "/bin/ash", false)]
    [InlineData("foo/**/bar", "/dir1/foo/dir2/bar/file", true)]
    [InlineData("foo/**/bar", "/foo/bar/file", true)]
    [InlineData("foo/**/bar", "/tmp/foo/bar", true)]
    [InlineData("foo/**/bar", "/foo/x/y/z/bar", true)]
    [InlineData("foo/**/bar", "/bar/foo", false)]
    [InlineData("foo/**/bar", "/foo/barn", false)]
    [InlineData("*.go", "/home/user/code/main.go", true)]
    [InlineData("*.go", "/home/user/work.go/readme", true)]
    [InlineData("*.go", "/home/user/main.goo", false)]
    [InlineData("*.c", "/.c", true)]
    [InlineData("*", "/.hidden", true)]
    [InlineData("*", "/", false)]
    public void The_examples_of_the_manual_hold(string pattern, string path, bool matches) => Assert.Equal(matches, Matches(path, pattern));

    [Theory]
    [InlineData("/", "/", true)]
    [InlineData("/", "/anything/below", true)]
    [InlineData("**", "/anything/below", true)]
    [InlineData("/home/user/**", "/home/user/a/b", true)]
    [InlineData("/home/user/**", "/home/user", true)]
    [InlineData("/home/user/**/*", "/home/user", false)]
    [InlineData("/home/user/**/*", "/home/user/a/b", true)]
    [InlineData("/home/user/*", "/home/user", false)]
    [InlineData("/**/x", "/x", true)]
    [InlineData("/**/x", "/a/b/x/y", true)]
    [InlineData("/a/**/b/**/c", "/a/b/c", true)]
    [InlineData("/a/**/b/**/c", "/a/x/b/c", true)]
    [InlineData("/a/**/b/**/c", "/a/x/b/y/z/c", true)]
    [InlineData("/a/**/b/**/c", "/a/x/c/b", false)]
    [InlineData("/a/**/b", "/x/a/b", false)]
    [InlineData("a/b", "/x/a/b/y", true)]
    [InlineData("a/b", "/x/a/y/b", false)]
    [InlineData("a/a/b", "/a/a/a/b", true)]
    [InlineData("./a//b/../c", "/x/a/c", true)]
    [InlineData("./a//b/../c", "/x/a/b/c", false)]
    [InlineData("a**b", "/axyb", true)]
    [InlineData("a**b", "/a/b", false)]
    public void Directories_match_with_all_below_them_and_two_asterisks_match_any_number(string pattern, string path, bool matches) =>
        Assert.Equal(matches, Matches(path, pattern));

    [Theory]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "aéc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("a??c", "aéc", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[^a-c]x", "dx", true)]
    [InlineData("[^a-c]x", "bx", false)]
    [InlineData("[!a]x", "!x", true)]
    [InlineData("[à-é]x", "âx", true)]
    [InlineData("[a\\-z]", "-", true)]
    [InlineData("[a\\-z]", "m", false)]
    [InlineData("[\\]]", "]", true)]
    [InlineData("[z-a]", "m", false)]
    [InlineData("a]", "a]", true)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "a", false)]
    [InlineData("\\!x", "!x", true)]
    [InlineData("a\\bc", "abc", true)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("*a*b*", "xxbxxaxx", false)]
    [InlineData("*ab", "aab", true)]
    [InlineData("*.tar.*", "x.tar.tar.gz", true)]
    [InlineData("*a?", "aaé", true)]
    [InlineData("[*]", "*", true)]
    [InlineData("[*]", "ab", false)]
    [InlineData("{a,b}", "a", false)]
    [InlineData("~", "~", true)]
    public void A_component_matches_as_in_a_shell_without_braces(string pattern, string name, bool matches) => Assert.Equal(matches, Matches("/" + name, pattern));

    [Theory]
    [InlineData("*.JPG", "/a/b.jpg", true)]
    [InlineData("straße", "/STRAßE", true)]
    [InlineData("σίσυφος", "/ΣΊΣΥΦΟΣ", true)]
    [InlineData("KELVIN", "/\u212Aelvin", true)]
    [InlineData("[a-z]x", "/QX", true)]
    [InlineData("[^a-z]x", "/QX", false)]
    [InlineData("[É]", "/é", true)]
    [InlineData("ı", "/I", false)]
    public void Case_is_ignored_where_wanted_as_unicode_folds_it(string pattern, string path, bool matches)
    {
        Assert.Equal(matches, new PathPatterns([PathPattern.Parse(pattern, ignoresCase: true)]).Match(Encoding.UTF8.GetBytes(path)).IsMatch);
        Assert.False(matches && Matches(path, pattern));
    }

    [Fact]
    public void Names_that_are_no_text_match_byte_by_byte()
    {
        byte[] name = [(byte)'/', 0xFF, (byte)'A', 0xC3];
        Assert.True(Match(name, "?A?", false));
        Assert.True(Match(name, "?a?", true));
        Assert.True(Match(name, "[^x]*", true));
        Assert.False(Match(name, "\uFFFD*", false));
        Assert.True(new PathPatterns([PathPattern.Parse([0xFF, (byte)'a', (byte)'*'], ignoresCase: true)]).Match(name).IsMatch);
        Assert.False(new PathPatterns([PathPattern.Parse([0xFE, (byte)'a', (byte)'*'], ignoresCase: true)]).Match(name).IsMatch);

        static bool Match(byte[] path, string pattern, bool ignoresCase) => new PathPatterns([PathPattern.Parse(pattern, ignoresCase)]).Match(path).IsMatch;
    }

    [Fact]
    public void The_last_pattern_that_matches_decides()
    {
        string[] patterns = ["/home/u/*", "!/home/u/Documents", "!/home/u/.emacs.d", "node_modules", "*.o", "!keep.o"];
        Assert.True(Matches("/home/u/Videos", patterns));
        Assert.False(Matches("/home/u/Documents", patterns));
        Assert.False(Matches("/home/u/Documents/deep/down", patterns));
        Assert.True(Matches("/home/u/Documents/deep/node_modules/x", patterns));
        Assert.True(Matches("/home/u/Documents/a.o", patterns));
        Assert.False(Matches("/home/u/Documents/keep.o", patterns));
        Assert.False(Matches("/home/u", patterns));
        Assert.True(Matches("/keep.o/x", "!keep.o", "x"));
    }

    [Fact]
    public void Patterns_that_ignore_case_are_a_list_of_their_own()
    {
        PathPatterns patterns = new([PathPattern.Parse("*.o", ignoresCase: true), PathPattern.Parse("!a.o"), PathPattern.Parse("b.o"), PathPattern.Parse("!B.O", ignoresCase: true)]);
        Assert.True(patterns.Match("/a.o"u8).IsMatch);
        Assert.True(patterns.Match("/b.o"u8).IsMatch);
        Assert.False(patterns.Match("/B.O"u8).IsMatch);
    }

    [Theory]
    [InlineData("/a/b/c", "/a", true)]
    [InlineData("/a/b/c", "/a/b", true)]
    [InlineData("/a/b/c", "/a/b/c", true)]
    [InlineData("/a/b/c", "/a/b/c/d", true)]
    [InlineData("/a/b/c", "/b", false)]
    [InlineData("/a/b/c", "/a/c", false)]
    [InlineData("/a/*/c", "/a/x", true)]
    [InlineData("/a/*/c", "/a/x/d", false)]
    [InlineData("/a/**/c", "/a/x/y/z", true)]
    [InlineData("/a/**/c", "/b", false)]
    [InlineData("a/b", "/x/y", true)]
    [InlineData("!a", "/x", false)]
    [InlineData("/", "/", true)]
    [InlineData("/a", "/", true)]
    public void A_walk_learns_where_it_need_not_go(string pattern, string path, bool mayMatchBelow) =>
        Assert.Equal(mayMatchBelow, Patterns(pattern).Match(Encoding.UTF8.GetBytes(path)).MayMatchBelow);

    [Fact]
    public void Nothing_matches_no_patterns() => Assert.Equal(default, PathPatterns.None.Match("/a/b"u8));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("!", "nothing after the '!'")]
    [InlineData("a[b", "not closed")]
    [InlineData("[", "not closed")]
    [InlineData("[]", "must")]
    [InlineData("[-a]", "must")]
    [InlineData("[a-]", "must")]
    [InlineData("[a-", "not closed")]
    [InlineData("[^]", "must")]
    [InlineData("x/[a/b]", "not closed")]
    [InlineData("a\\", "backslash")]
    [InlineData("[\\", "backslash")]
    [InlineData("a\\/b", "backslash")]
    [InlineData("a\0b", "NUL")]
    public void A_pattern_that_means_nothing_is_refused_in_one_line_that_names_it(string pattern, string reason)
    {
        BadPatternException exception = Assert.Throws<BadPatternException>(() => PathPattern.Parse(pattern, place: "here"));
        Assert.StartsWith($"here: pattern '{pattern.Replace("\0", "\\x00", StringComparison.Ordinal)}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void Asking_for_entries_allocates_nothing()
    {
        PathPatterns patterns = Patterns("*.o", "node_modules", "/a/**/b[x-z]", "!keep", "*~", "cache/*/tmp");
        PatternState state = patterns.Enter(patterns.Enter(patterns.Root, "a"u8), "cache"u8);
        Assert.Same(patterns.Enter(patterns.Root, "q"u8), patterns.Enter(patterns.Root, "r"u8));
        int matches = 0;
        long allocated = AllocatedBytes.Of(() =>
        {
            matches = 0;
            for (int i = 0; i < 1000; i++)
            {
                matches += patterns.Match(state, "by"u8).IsMatch ? 1 : 0;
            }
        });
        Assert.Equal((1000, 0), (matches, allocated));
    }

    private static PathPatterns Patterns(params string[] patterns) => new(patterns.Select(pattern => PathPattern.Parse(pattern)));

    private static bool Matches(string path, params string[] patterns) => Patterns(patterns).Match(Encoding.UTF8.GetBytes(path)).IsMatch;
}
