using System.Globalization;

namespace Dedup.Retention;

/// <summary>The hour, day, week, month or year that a moment falls into, as text that no other has.</summary>
/// <remarks>
/// What counts is the wall clock where and when the snapshot was made: its time with its own offset from UTC. People look for "the backup of
/// the 29th" by that clock; and since the offset is stored, a plan does not change when a government, a time zone database or the machine
/// that plans does. In the repeated hour at the end of summer time the same wall clock reading comes twice, with different offsets: these are
/// two hours, so an hour's bucket has the offset in it. A day of 23 or 25 hours is one day, so the other buckets have not.
/// </remarks>
internal static class RetentionBucket
{
    /// <summary>The bucket by which a rule tells snapshots apart; empty for those that take each by itself.</summary>
    public static string Of(RetentionRule rule, DateTimeOffset time) => rule switch
    {
        RetentionRule.Hourly or RetentionRule.WithinHourly => time.ToString("yyyy-MM-dd HH'h' zzz", CultureInfo.InvariantCulture),
        RetentionRule.Daily or RetentionRule.WithinDaily => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        RetentionRule.Weekly or RetentionRule.WithinWeekly =>
            string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(time.DateTime):D4}-W{ISOWeek.GetWeekOfYear(time.DateTime):D2}"),
        RetentionRule.Monthly or RetentionRule.WithinMonthly => time.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        RetentionRule.Yearly or RetentionRule.WithinYearly => time.ToString("yyyy", CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>The word for a rule's buckets; empty for those without.</summary>
    public static string NameOf(RetentionRule rule) => rule switch
    {
        RetentionRule.Last => "last",
        RetentionRule.Hourly or RetentionRule.WithinHourly => "hourly",
        RetentionRule.Daily or RetentionRule.WithinDaily => "daily",
        RetentionRule.Weekly or RetentionRule.WithinWeekly => "weekly",
        RetentionRule.Monthly or RetentionRule.WithinMonthly => "monthly",
        RetentionRule.Yearly or RetentionRule.WithinYearly => "yearly",
        _ => "",
    };
}
