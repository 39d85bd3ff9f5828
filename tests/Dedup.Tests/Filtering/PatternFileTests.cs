using System.Text;
using Dedup.Filtering;
using Xunit;

namespace Dedup.Tests.Filtering;

public sealed class PatternFileTests
{
    [Fact]
    public void A_file_holds_a_pattern_a_line_and_comments()
    {
        string[] lines = ["\uFEFF# exclude go-files", "*.go\r", "", "  foo/**/bar \t", "   # indented", "foo bar star.txt", "!~/x", "a # no comment"];
        Assert.Equal(["*.go", "foo/**/bar", "foo bar star.txt", "!~/x", "a # no comment"], Parse(string.Join('\n', lines)));
    }

    [Theory]
    [InlineData("/home/$USER/foo", "/home/bob/foo")]
    [InlineData("/home/${USER}s/$USER", "/home/bobs/bob")]
    [InlineData("$$RECYCLE.BIN", "$RECYCLE.BIN")]
    [InlineData("$$$USER", "$bob")]
    [InlineData("a$", "a$")]
    [InlineData("*.$*", "*.$*")]
    [InlineData("${USER", "${USER")]
    [InlineData("x$EMPTY", "x")]
    public void Variables_of_the_environment_are_put_in(string line, string expected) => Assert.Equal(expected, Assert.Single(Parse(line)));

    [Theory]
    [InlineData("ok\n\nx/[a", "rules:3: pattern 'x/[a': ")]
    [InlineData("ok\n$UNKNOWN/x", "rules:2: pattern '$UNKNOWN': there is no such variable")]
    [InlineData("!$EMPTY", "rules:1: pattern '!': ")]
    public void What_cannot_be_understood_is_told_with_file_and_line(string content, string start) =>
        Assert.StartsWith(start, Assert.Throws<BadPatternException>(() => Parse(content)).Message, StringComparison.Ordinal);

    [Fact]
    public void Case_is_ignored_for_the_whole_file_or_not_at_all() =>
        Assert.All(PatternFile.Parse("a\nb"u8, "rules", ignoresCase: true, static _ => null), static pattern => Assert.True(pattern.IgnoresCase));

    private static IEnumerable<string> Parse(string content) => PatternFile
        .Parse(Encoding.UTF8.GetBytes(content), "rules", ignoresCase: false, static name => name switch { "USER" => "bob", "EMPTY" => "", _ => null })
        .Select(static pattern => pattern.Text);
}
