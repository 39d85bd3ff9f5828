using Dedup.Storage;
using Xunit;

namespace Dedup.Tests.Storage;

public sealed class ObjectNameTests
{
    [Theory]
    [InlineData("config", "", "config")]
    [InlineData("packs/0a", "packs", "0a")]
    [InlineData("gc/1.mark", "gc", "1.mark")]
    [InlineData("a..b/c-.", "a..b", "c-.")]
    public void A_name_has_one_or_two_parts(string text, string folder, string leaf)
    {
        ObjectName name = ObjectName.Parse(text);
        Assert.Equal((text, folder, leaf), (name.Value, name.Folder, name.Leaf));
        Assert.Equal(text, name.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a/b/c")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../a")]
    [InlineData("a/..")]
    [InlineData("-a")]
    [InlineData("A")]
    [InlineData("a_b")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("a\0")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("ａ")]
    public void What_could_leave_the_store_or_differ_between_stores_is_no_name(string text)
    {
        Assert.False(ObjectName.TryParse(text, out _));
        _ = Assert.Throws<ArgumentException>(() => ObjectName.Parse(text));
    }

    [Fact]
    public void A_part_has_at_most_128_characters()
    {
        string part = new('a', 128);
        Assert.True(ObjectName.TryParse($"{part}/{part}", out _));
        Assert.False(ObjectName.TryParse($"{part}a/{part}", out _));
        Assert.False(ObjectName.TryParse($"{part}/{part}a", out _));
    }
}
