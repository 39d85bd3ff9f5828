using Dedup.Policy.Scheduling;
using Xunit;

namespace Dedup.Policy.Tests.Scheduling;

public sealed class ScheduleTests
{
    private const string Name = "documents";

    [Fact]
    public void Each_name_has_its_own_delay_always_the_same()
    {
        Schedule schedule = Read("schedule: {at: daily at 02:00, jitter: 1h}");
        TimeSpan[] delays = [.. Enumerable.Range(0, 1000).Select(number => schedule.DelayOf($"source{number}"))];
        Assert.All(delays, static delay => Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(1)));
        Assert.Equal(delays, Enumerable.Range(0, 1000).Select(number => schedule.DelayOf($"source{number}")));

        // Spread evenly: of 1,000, about 250 in each quarter of an hour, 4 standard deviations of 13.7 at most off.
        Assert.All(delays.CountBy(static delay => (int)delay.TotalMinutes / 15), static quarter => Assert.InRange(quarter.Value, 195, 305));
    }

    [Fact]
    public void A_delay_moves_every_run_and_none_over_another()
    {
        Schedule schedule = Read("schedule: {at: hourly, jitter: 59m}");
        DateTimeOffset now = Time("2026-11-22T12:00+01:00");
        DateTimeOffset[] runs = [.. schedule.Upcoming(Name, now, 48)];
        Assert.Equal(48, runs.Length);
        Assert.All(runs, run => Assert.Equal(schedule.DelayOf(Name), TimeSpan.FromMinutes(run.Minute) + TimeSpan.FromSeconds(run.Second)));
        Assert.All(runs.Zip(runs.Skip(1)), static pair => Assert.Equal(TimeSpan.FromHours(1), pair.Second - pair.First));
        Assert.All(runs, run => Assert.Equal(run, schedule.Latest(Name, run)));
        Assert.All(runs.Skip(1), run => Assert.Equal(run - TimeSpan.FromHours(1), schedule.Latest(Name, run - TimeSpan.FromTicks(1))));
    }

    [Fact]
    public void A_run_is_due_once_its_time_has_come()
    {
        Schedule schedule = Read("schedule: daily at 02:00");
        DateTimeOffset last = Time("2026-11-21T02:00+01:00");
        Assert.Null(DueRun.Find(schedule, Name, last, Time("2026-11-22T01:59:59+01:00")));
        Assert.Equal(new DueRun(Time("2026-11-22T02:00+01:00"), 0, IsSkipped: false), DueRun.Find(schedule, Name, last, Time("2026-11-22T02:00+01:00")));
        Assert.Null(DueRun.Find(schedule, Name, Time("2026-11-22T02:00+01:00"), Time("2026-11-22T02:00:01+01:00")));
    }

    [Fact]
    public void One_run_makes_up_for_all_that_were_missed_and_they_are_counted()
    {
        Schedule schedule = Read("schedule: daily at 02:00");
        DueRun? due = DueRun.Find(schedule, Name, Time("2026-11-01T02:00+01:00"), Time("2026-11-22T12:00+01:00"));
        Assert.Equal(new DueRun(Time("2026-11-22T02:00+01:00"), 20, IsSkipped: false), due);
        Assert.Null(DueRun.Find(schedule, Name, due!.Scheduled, Time("2026-11-22T12:00+01:00")));
    }

    [Fact]
    public void A_schedule_that_makes_up_for_nothing_counts_the_late_run_as_missed_too()
    {
        Schedule schedule = Read("schedule: {at: daily at 02:00, catch-up: false}");
        DateTimeOffset last = Time("2026-11-01T02:00+01:00");
        Assert.Equal(new DueRun(Time("2026-11-22T02:00+01:00"), 21, IsSkipped: true), DueRun.Find(schedule, Name, last, Time("2026-11-22T12:00+01:00")));
        Assert.Equal(new DueRun(Time("2026-11-22T02:00+01:00"), 20, IsSkipped: false), DueRun.Find(schedule, Name, last, Time("2026-11-22T02:10+01:00")));
    }

    [Fact]
    public void A_source_that_never_ran_is_due_at_once()
    {
        Assert.Equal(new DueRun(Time("2026-11-22T02:00+01:00"), 0, IsSkipped: false), DueRun.Find(Read("schedule: daily at 02:00"), Name, null, Time("2026-11-22T12:00+01:00")));
        Assert.Equal(new DueRun(Time("2026-11-22T02:00+01:00"), 0, IsSkipped: true), DueRun.Find(Read("schedule: {at: daily at 02:00, catch-up: false}"), Name, null, Time("2026-11-22T12:00+01:00")));
    }

    [Fact]
    public void A_clock_that_was_set_back_runs_nothing_twice() =>
        Assert.Null(DueRun.Find(Read("schedule: daily at 02:00"), Name, Time("2026-11-22T02:00+01:00"), Time("2026-11-20T12:00+01:00")));

    [Fact]
    public void The_repeated_hour_has_one_run() => Assert.Null(
        DueRun.Find(Read("schedule: daily at 02:30"), Name, Time("2026-10-25T02:30+02:00"), Time("2026-10-25T02:45+01:00")));

    [Fact]
    public void A_clock_that_jumped_far_ahead_costs_no_time()
    {
        DueRun? due = DueRun.Find(Read("schedule: every 5m"), Name, Time("1990-01-01T00:00+01:00"), Time("2026-11-22T12:00+01:00"));
        Assert.Equal((Time("2026-11-22T12:00+01:00"), 10_000), (due!.Scheduled, due.Missed));
    }

    private static Schedule Read(string schedule) => PolicyFiles.ReadSource($"paths: /srv/documents\n{schedule}").Schedule!;

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
