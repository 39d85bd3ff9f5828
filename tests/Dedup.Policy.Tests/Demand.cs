using System.Globalization;

namespace Dedup.Policy.Tests;

/// <summary>What retention rules demand, by the words of the documents that ask for them.</summary>
internal static class Demand
{
    /// <summary>Of a year's backups, oldest first: the last of each of the newest N days, weeks, months, years; and the first of all while there are fewer.</summary>
    public static IEnumerable<DateTimeOffset> Of(IReadOnlyList<DateTimeOffset> made, int daily, int weekly, int monthly, int yearly)
    {
        return Newest(static time => time.DayOfYear, daily)
            .Union(Newest(static time => ISOWeek.GetWeekOfYear(time.DateTime) + (100 * ISOWeek.GetYear(time.DateTime)), weekly))
            .Union(Newest(static time => time.Month, monthly))
            .Union(Newest(static time => time.Year, yearly))
            .Order();

        IEnumerable<DateTimeOffset> Newest(Func<DateTimeOffset, int> bucket, int count)
        {
            List<DateTimeOffset> last = [.. made.GroupBy(bucket).Select(static group => group.Last())];
            return count == 0 ? [] : last.Count < count ? last.Append(made[0]) : last.TakeLast(count);
        }
    }
}
