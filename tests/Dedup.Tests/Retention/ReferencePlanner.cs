using Dedup.Retention;
using Dedup.Snapshots;

namespace Dedup.Tests.Retention;

/// <summary>
/// Says of each snapshot by itself, from the definitions, whether it is kept: no order, no state, buckets as numbers, a calendar of its own. Slow.
/// </summary>
internal static class ReferencePlanner
{
    private const long Hour = 36_000_000_000;
    private const long Day = 24 * Hour;

    public static HashSet<SnapshotId> Kept(IReadOnlyList<Snapshot> group, RetentionPolicy policy, DateTimeOffset? now)
    {
        Snapshot[] future = [.. group.Where(snapshot => now is { } trusted && Utc(snapshot.Time) > Utc(trusted) + Day)];
        Snapshot[] present = [.. group.Except(future)];
        long[] believed = [.. present.Select(static snapshot => Utc(snapshot.Time)).Where(time => now is null || time <= Utc(now.Value))];
        DateTimeOffset newest = believed.Length == 0
            ? now ?? DateTimeOffset.MaxValue
            : present.First(snapshot => Utc(snapshot.Time) == believed.Max() && present.All(other => Utc(other.Time) != believed.Max() || IdOf(other) <= IdOf(snapshot))).Time;
        return
        [
            .. future.Select(static snapshot => snapshot.Id),
            .. present.Where(snapshot => IsKept(snapshot, present, policy, newest)).Select(static snapshot => snapshot.Id),
        ];
    }

    private static bool IsKept(Snapshot snapshot, Snapshot[] all, RetentionPolicy policy, DateTimeOffset newest)
    {
        (int? Count, RetentionPeriod? Period, Func<Snapshot, object> Bucket)[] rules =
        [
            (policy.Last, null, static s => s.Id),
            (policy.Hourly, policy.WithinHourly, static s => (Wall(s) / Hour, s.Time.Offset)),
            (policy.Daily, policy.WithinDaily, static s => Wall(s) / Day),
            (policy.Weekly, policy.WithinWeekly, static s => Wall(s) / Day / 7),  // the calendar begins on a Monday
            (policy.Monthly, policy.WithinMonthly, static s => MonthOf(Wall(s) / Day).Month),
            (policy.Yearly, policy.WithinYearly, static s => MonthOf(Wall(s) / Day).Month / 12),
            (null, policy.Within, static s => s.Id),
        ];
        Snapshot[] newer = [.. all.Where(other => IsNewer(other, snapshot))];
        bool isOldest = all.All(other => other == snapshot || IsNewer(other, snapshot));
        return policy.KeepTags.Any(tags => tags.SequenceEqual([""]) ? snapshot.Tags.Count == 0 : !tags.Except(snapshot.Tags).Any())
            || rules.Any(rule => Stands(rule.Bucket)
                && ((rule.Count is { } count && (count < 0 || newer.Select(rule.Bucket).Distinct().Count() < count))
                    || (rule.Period is { } period && period != default && Utc(snapshot.Time) > Limit(newest, period))));

        bool Stands(Func<Snapshot, object> bucket) => isOldest || !newer.Any(other => bucket(other).Equals(bucket(snapshot)));
    }

    private static bool IsNewer(Snapshot left, Snapshot right) =>
        Utc(left.Time) > Utc(right.Time) || (Utc(left.Time) == Utc(right.Time) && IdOf(left) > IdOf(right));

    private static UInt128 IdOf(Snapshot snapshot) => UInt128.Parse(snapshot.Id.ToString(), System.Globalization.NumberStyles.HexNumber, null);

    private static long Utc(DateTimeOffset time) => time.UtcTicks;

    private static long Wall(Snapshot snapshot) => snapshot.Time.UtcTicks + snapshot.Time.Offset.Ticks;

    private static long Limit(DateTimeOffset newest, RetentionPeriod period)
    {
        long wall = newest.UtcTicks + newest.Offset.Ticks;
        (long month, long day) = MonthOf(wall / Day);
        month -= (12 * period.Years) + period.Months;
        day = Math.Min(day, LengthOf(month) - 1);
        return (((FirstDayOf(month) + day - period.Days) * Day) + (wall % Day) - (period.Hours * Hour)) - newest.Offset.Ticks;
    }

    /// <summary>The month that a day lies in and the day in it, all counted from 0 on 1 January of the year 1.</summary>
    private static (long Month, long Day) MonthOf(long day)
    {
        // A guess that is never too late: 400 years are 4,800 months and 146,097 days.
        long month = Math.Max(0, (day * 4800 / 146_097) - 1);
        while (FirstDayOf(month + 1) <= day)
        {
            month++;
        }

        return (month, day - FirstDayOf(month));
    }

    private static long FirstDayOf(long month)
    {
        long years = month / 12;
        long day = (years * 365) + (years / 4) - (years / 100) + (years / 400);
        for (long before = years * 12; before < month; before++)
        {
            day += LengthOf(before);
        }

        return day;
    }

    private static int LengthOf(long month)
    {
        long year = (month / 12) + 1;
        return (month % 12) switch
        {
            1 => (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28,
            3 or 5 or 8 or 10 => 30,
            _ => 31,
        };
    }
}
