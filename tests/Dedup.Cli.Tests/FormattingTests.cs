using Dedup.Cli.Output;
using Xunit;

namespace Dedup.Cli.Tests;

public sealed class FormattingTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(10 * 1024, "10.0 KiB")]
    [InlineData(1024 * 1024 - 1, "1.00 MiB")]
    [InlineData(999L << 30, "999 GiB")]
    [InlineData(long.MaxValue, "8.00 EiB")]
    public void Sizes_have_binary_units_and_three_digits(long bytes, string text) => Assert.Equal(text, ByteSize.Format(bytes));

    [Theory]
    [InlineData("65536", 65536)]
    [InlineData("64K", 65536)]
    [InlineData("1m", 1 << 20)]
    [InlineData("512KiB", 512 << 10)]
    [InlineData("", -1)]
    [InlineData("K", -1)]
    [InlineData("-1", -1)]
    [InlineData("1.5M", -1)]
    [InlineData("9999999999G", -1)]
    [InlineData("1X", -1)]
    public void Sizes_are_read_with_and_without_a_unit(string text, long bytes) =>
        Assert.Equal(bytes, ByteSize.TryParse(text, out long read) ? read : -1);

    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(59.9, "0:59")]
    [InlineData(754, "12:34")]
    [InlineData(3600 * 30 + 61, "30:01:01")]
    public void Durations_are_minutes_and_seconds_or_hours_too(double seconds, string text) =>
        Assert.Equal(text, DurationText.Format(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("90s", 90)]
    [InlineData("15m", 15 * 60)]
    [InlineData("24h", 24 * 3600)]
    [InlineData("30d", 30 * 86400)]
    [InlineData("2592001s", -1)]
    [InlineData("31d", -1)]
    [InlineData("99999999999d", -1)]
    [InlineData("-1s", -1)]
    [InlineData("1.5h", -1)]
    [InlineData("1h30m", -1)]
    [InlineData("15", -1)]
    [InlineData("s", -1)]
    [InlineData("", -1)]
    public void Durations_are_read_with_one_unit(string text, int seconds) =>
        Assert.Equal(seconds, DurationText.TryParse(text, out TimeSpan read) ? read.TotalSeconds : -1);

    [Theory]
    [InlineData("plain é \\x0a", "plain é \\x0a")]
    [InlineData("a\u001b[31mb\nc", "a\\x1b[31mb\\x0ac")]
    [InlineData("left\u202eright\u2028", "left\\xe2\\x80\\xaeright\\xe2\\x80\\xa8")]
    public void Control_and_invisible_characters_are_escaped(string text, string shown) => Assert.Equal(shown, TerminalText.Escape(text));
}
