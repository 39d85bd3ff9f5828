using Dedup.Storage;
using Xunit;

namespace Dedup.Tests.Storage.Decorators;

public sealed class BandwidthLimitTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(1));

    [Theory]
    [InlineData("2000", "00:00", 2_048_000L)]
    [InlineData("1", "23:59", 1024L)]
    [InlineData("unlimited", "12:00", null)]
    [InlineData("08:00-18:00=500,18:00-08:00=unlimited", "07:59", null)]
    [InlineData("08:00-18:00=500,18:00-08:00=unlimited", "08:00", 512_000L)]
    [InlineData("08:00-18:00=500,18:00-08:00=unlimited", "17:59", 512_000L)]
    [InlineData("08:00-18:00=500,18:00-08:00=unlimited", "18:00", null)]
    [InlineData("22:30-6:15=100", "23:00", 102_400L)]
    [InlineData("22:30-6:15=100", "00:00", 102_400L)]
    [InlineData("22:30-6:15=100", "06:15", null)]
    [InlineData("12:00-24:00=3, 00:00-12:00=4", "23:59", 3072L)]
    [InlineData("12:00-24:00=3, 00:00-12:00=4", "00:00", 4096L)]
    public void A_limit_holds_when_the_text_says(string text, string time, long? expected)
    {
        Assert.True(BandwidthLimit.TryParse(text, out BandwidthLimit? limit, out _));
        Assert.Equal(expected, limit.BytesPerSecondAt(Midnight + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("", "'' is neither a whole number of KiB/s from 1 on nor 'unlimited'")]
    [InlineData("0", "'0' is neither a whole number of KiB/s from 1 on nor 'unlimited'")]
    [InlineData("-5", "'-5' is neither a whole number of KiB/s from 1 on nor 'unlimited'")]
    [InlineData("2M", "'2M' is neither a whole number of KiB/s from 1 on nor 'unlimited'")]
    [InlineData("99999999999999999999", "'99999999999999999999' is neither a whole number of KiB/s from 1 on nor 'unlimited'")]
    [InlineData("08:00-18:00=", "'' is neither a whole number of KiB/s from 1 on nor 'unlimited'")]
    [InlineData("08:00=5", "'08:00=5' is no period such as 08:00-18:00=500")]
    [InlineData("25:00-18:00=5", "'25:00-18:00=5' is no period such as 08:00-18:00=500")]
    [InlineData("08:00-08:00=5", "'08:00-08:00=5' is no period such as 08:00-18:00=500")]
    [InlineData("00:00-24:00=5", "'00:00-24:00=5' is no period such as 08:00-18:00=500")]
    [InlineData("=5-", "'=5-' is no period such as 08:00-18:00=500")]
    [InlineData("08:00-18:00=5,", "'' is no period such as 08:00-18:00=500")]
    [InlineData("08:00-18:00=5,17:59-19:00=6", "'17:59-19:00=6' overlaps an earlier period")]
    public void What_is_no_limit_is_refused_in_one_line(string text, string expected)
    {
        Assert.False(BandwidthLimit.TryParse(text, out BandwidthLimit? limit, out string? error));
        Assert.Null(limit);
        Assert.Equal(expected, error);
    }
}
