using Dedup.Retention;
using Xunit;

namespace Dedup.Tests.Retention;

public sealed class RetentionPeriodTests
{
    [Theory]
    [InlineData("1y5m7d2h", 1, 5, 7, 2, "1y5m7d2h")]
    [InlineData("7d", 0, 0, 7, 0, "7d")]
    [InlineData("2h7d", 0, 0, 7, 2, "7d2h")]
    [InlineData("1y1d1m", 1, 1, 1, 0, "1y1m1d")]
    [InlineData("007d", 0, 0, 7, 0, "7d")]
    [InlineData("0y3h", 0, 0, 0, 3, "3h")]
    [InlineData("14m", 0, 14, 0, 0, "14m")]
    [InlineData(" 75y ", 75, 0, 0, 0, "75y")]
    [InlineData("2147483647h", 0, 0, 0, int.MaxValue, "2147483647h")]
    [InlineData("0h", 0, 0, 0, 0, "0h")]
    [InlineData("0y0d", 0, 0, 0, 0, "0h")]
    public void A_period_is_read_and_written_with_the_greatest_unit_first(string text, int years, int months, int days, int hours, string canonical)
    {
        Assert.True(RetentionPeriod.TryParse(text, out RetentionPeriod period));
        Assert.Equal(new RetentionPeriod(years, months, days, hours), period);
        Assert.Equal(canonical, period.ToString());
        Assert.True(RetentionPeriod.TryParse(canonical, out RetentionPeriod again));
        Assert.Equal(period, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("7")]
    [InlineData("d")]
    [InlineData("1w")]
    [InlineData("7D")]
    [InlineData("-1d")]
    [InlineData("+1d")]
    [InlineData("1 d")]
    [InlineData("1d 2h")]
    [InlineData("1.5d")]
    [InlineData("1d2")]
    [InlineData("1d1d")]
    [InlineData("2147483648h")]
    [InlineData("٣d")]
    public void What_is_no_period_is_refused(string? text)
    {
        Assert.False(RetentionPeriod.TryParse(text, out RetentionPeriod period));
        Assert.Equal(default, period);
    }

    [Theory]
    [InlineData("2026-03-31T10:00+02:00", "1m", "2026-02-28T10:00+02:00")]
    [InlineData("2026-03-31T10:00+02:00", "1m1d", "2026-02-27T10:00+02:00")]
    [InlineData("2024-02-29T10:00Z", "1y", "2023-02-28T10:00Z")]
    [InlineData("2024-02-29T10:00Z", "1y1m", "2023-01-29T10:00Z")]
    [InlineData("2026-01-01T01:00+02:00", "1m", "2025-12-01T01:00+02:00")]
    [InlineData("2026-03-29T12:00+02:00", "1d1h", "2026-03-28T11:00+02:00")]
    [InlineData("2026-03-29T12:00+02:00", "0h", "2026-03-29T12:00+02:00")]
    [InlineData("2026-06-15T12:00-05:00", "12m", "2025-06-15T12:00-05:00")]
    [InlineData("2026-06-15T12:00Z", "2025y5m14d12h", "0001-01-01T00:00Z")]
    [InlineData("2026-06-15T12:00Z", "2025y6m", "0001-01-01T00:00Z")]
    [InlineData("2026-06-15T12:00Z", "2026y", "0001-01-01T00:00Z")]
    [InlineData("0001-01-02T01:00+12:00", "1d", "0001-01-01T00:00Z")]
    [InlineData("2026-06-15T12:00Z", "2147483647y2147483647m2147483647d2147483647h", "0001-01-01T00:00Z")]
    [InlineData("9999-12-31T23:59+14:00", "1h", "9999-12-31T22:59+14:00")]
    public void A_period_goes_back_by_the_calendar_of_the_later_time(string time, string period, string expected)
    {
        Assert.True(RetentionPeriod.TryParse(period, out RetentionPeriod read));
        DateTimeOffset before = read.Before(RetentionCase.TimeOf(time));
        Assert.Equal(RetentionCase.TimeOf(expected).UtcTicks, before.UtcTicks);
    }

    [Fact]
    public void A_period_has_no_negative_part()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new RetentionPeriod(years: -1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new RetentionPeriod(months: -1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new RetentionPeriod(days: -1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new RetentionPeriod(hours: -1));
    }
}
