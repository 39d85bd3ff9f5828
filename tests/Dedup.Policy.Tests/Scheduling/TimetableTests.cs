using Dedup.Policy.Scheduling;
using Xunit;

namespace Dedup.Policy.Tests.Scheduling;

public sealed class TimetableTests
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    [Theory]
    [InlineData("daily at 02:00", "2026-11-22T12:00+01:00", "2026-11-23T02:00+01:00", "2026-11-24T02:00+01:00")]
    [InlineData("daily at 2:30", "2026-11-22T02:30+01:00", "2026-11-23T02:30+01:00", "2026-11-24T02:30+01:00")]
    [InlineData("Weekly on Sunday at 03:00", "2026-11-22T12:00+01:00", "2026-11-29T03:00+01:00", "2026-12-06T03:00+01:00")]
    [InlineData("weekly on wed at 03:00", "2026-11-22T12:00+01:00", "2026-11-25T03:00+01:00", "2026-12-02T03:00+01:00")]
    [InlineData("monthly on 1 at 04:00", "2026-11-22T12:00+01:00", "2026-12-01T04:00+01:00", "2027-01-01T04:00+01:00")]
    [InlineData("monthly on last at 04:00", "2026-11-22T12:00+01:00", "2026-11-30T04:00+01:00", "2026-12-31T04:00+01:00")]
    [InlineData("every 6h", "2026-11-22T12:00+01:00", "2026-11-22T18:00+01:00", "2026-11-23T00:00+01:00")]
    [InlineData("every 15m", "2026-11-22T12:01+01:00", "2026-11-22T12:15+01:00", "2026-11-22T12:30+01:00")]
    [InlineData("every 60m", "2026-11-22T12:01+01:00", "2026-11-22T13:00+01:00", "2026-11-22T14:00+01:00")]
    [InlineData("hourly", "2026-11-22T12:01+01:00", "2026-11-22T13:00+01:00", "2026-11-22T14:00+01:00")]
    [InlineData("every 24h", "2026-11-22T12:00+01:00", "2026-11-23T00:00+01:00", "2026-11-24T00:00+01:00")]
    [InlineData("30 22 * * 1-5", "2026-11-20T23:00+01:00", "2026-11-23T22:30+01:00", "2026-11-24T22:30+01:00")]
    public void Comes_when_it_says(string text, string after, string first, string second)
    {
        Timetable timetable = Read(text);
        DateTimeOffset? next = timetable.Next(Time(after), Amsterdam);
        Assert.Equal(Time(first), next);
        Assert.Equal(Time(second), timetable.Next(next!.Value, Amsterdam));
        Assert.Equal(next, timetable.Latest(next.Value, Amsterdam));
        Assert.Equal(next, timetable.Latest(next.Value.AddSeconds(1), Amsterdam));
    }

    [Fact]
    public void A_time_that_summer_time_leaves_out_comes_once_right_after_the_gap() => Assert.Equal(
        [Time("2026-03-28T02:30+01:00"), Time("2026-03-29T03:00+02:00"), Time("2026-03-30T02:30+02:00")],
        Between("daily at 02:30", "2026-03-28T00:00+01:00", "2026-03-31T00:00+02:00"));

    [Fact]
    public void A_time_that_the_end_of_summer_time_repeats_comes_once_the_first_time() => Assert.Equal(
        [Time("2026-10-24T02:30+02:00"), Time("2026-10-25T02:30+02:00"), Time("2026-10-26T02:30+01:00")],
        Between("daily at 02:30", "2026-10-24T00:00+02:00", "2026-10-27T00:00+01:00"));

    [Fact]
    public void What_comes_every_so_often_comes_in_both_of_the_repeated_hours() => Assert.Equal(
        [Time("2026-10-25T01:30+02:00"), Time("2026-10-25T02:00+02:00"), Time("2026-10-25T02:30+02:00"), Time("2026-10-25T02:00+01:00"), Time("2026-10-25T02:30+01:00"), Time("2026-10-25T03:00+01:00")],
        Between("every 30m", "2026-10-25T01:15+02:00", "2026-10-25T03:15+01:00"));

    [Fact]
    public void What_comes_every_so_often_goes_on_after_the_gap() => Assert.Equal(
        [Time("2026-03-29T01:30+01:00"), Time("2026-03-29T03:00+02:00"), Time("2026-03-29T03:30+02:00")],
        Between("every 30m", "2026-03-29T01:15+01:00", "2026-03-29T03:45+02:00"));

    [Theory]
    [InlineData("Europe/Amsterdam")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("UTC")]
    public void Every_day_of_a_year_has_one_run_of_a_daily_timetable(string zone)
    {
        TimeZoneInfo place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        foreach (string text in (string[])["daily at 00:00", "daily at 01:59", "daily at 02:00", "daily at 02:30", "daily at 23:59"])
        {
            Timetable timetable = Read(text);
            List<DateOnly> days = [];
            for (DateTimeOffset? time = timetable.Next(Time("2026-01-01T00:00+00:00").AddDays(-2), place); time < Time("2027-01-03T00:00+00:00"); time = timetable.Next(time.Value, place))
            {
                days.Add(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.Value, place).DateTime));
            }

            Assert.Equal(days.Distinct(), days);
            Assert.Equal(days[^1].DayNumber - days[0].DayNumber + 1, days.Count);
        }
    }

    [Theory]
    [InlineData("daily at 02:00", 24, 24)]
    [InlineData("weekly on sunday at 03:00", 168, 168)]
    [InlineData("monthly on 1 at 04:00", 28 * 24, 31 * 24)]
    [InlineData("every 6h", 6, 6)]
    [InlineData("0 2 * * 1-5", 24, 72)]
    [InlineData("0 8,20 * * *", 12, 12)]
    public void Tells_the_shortest_and_longest_time_between_two(string text, int shortest, int longest) =>
        Assert.Equal((TimeSpan.FromHours(shortest), TimeSpan.FromHours(longest)), Read(text).Gaps(Time("2026-01-01T00:00+00:00")));

    [Fact]
    public void Never_never_comes()
    {
        Timetable never = Read("never");
        Assert.True(never.IsNever);
        Assert.Null(never.Next(Time("2026-01-01T00:00+00:00"), Amsterdam));
        Assert.Null(never.Latest(Time("2026-01-01T00:00+00:00"), Amsterdam));
    }

    [Fact]
    public void A_leap_day_comes_every_four_years() =>
        Assert.Equal(Time("2028-02-29T02:00+01:00"), Read("0 2 29 2 *").Next(Time("2026-01-01T00:00+00:00"), Amsterdam));

    private static Timetable Read(string text)
    {
        Assert.True(Timetable.TryParse(text, out Timetable? timetable, out TimetableMistake? mistake), mistake?.Message);
        return timetable;
    }

    private static List<DateTimeOffset> Between(string text, string from, string to)
    {
        List<DateTimeOffset> times = [];
        for (DateTimeOffset? time = Read(text).Next(Time(from), Amsterdam); time < Time(to); time = Read(text).Next(time.Value, Amsterdam))
        {
            times.Add(time.Value);
        }

        return times;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
