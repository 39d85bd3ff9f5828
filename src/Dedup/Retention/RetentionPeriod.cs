using System.Globalization;

namespace Dedup.Retention;

/// <summary>A length of time by the calendar, as restic writes it: <c>1y5m7d2h</c> is 1 year, 5 months, 7 days and 2 hours.</summary>
/// <remarks>A period of length zero is no period: a rule that has one is not set.</remarks>
public readonly record struct RetentionPeriod
{
    private const int MonthsPerYear = 12;

    /// <summary>Makes a period.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A part is negative.</exception>
    public RetentionPeriod(int years = 0, int months = 0, int days = 0, int hours = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(years);
        ArgumentOutOfRangeException.ThrowIfNegative(months);
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        ArgumentOutOfRangeException.ThrowIfNegative(hours);
        (Years, Months, Days, Hours) = (years, months, days, hours);
    }

    /// <summary>Years by the calendar.</summary>
    public int Years { get; }

    /// <summary>Months by the calendar; may be more than 11.</summary>
    public int Months { get; }

    /// <summary>Days of 24 hours.</summary>
    public int Days { get; }

    /// <summary>Hours that elapse.</summary>
    public int Hours { get; }

    /// <summary>Whether all parts are zero.</summary>
    public bool IsZero => this == default;

    /// <summary>Reads numbers with the units y, m, d and h, each unit at most once, in any order: <c>1y5m7d2h</c>.</summary>
    /// <returns>Whether the text is a period. A number above 2,147,483,647 is none.</returns>
    public static bool TryParse(string? text, out RetentionPeriod period)
    {
        period = default;
        Span<int?> parts = [null, null, null, null];
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (rest.IsEmpty)
        {
            return false;
        }

        while (!rest.IsEmpty)
        {
            int digits = rest.IndexOfAnyExceptInRange('0', '9');
            int unit = digits < 0 ? -1 : "ymdh".IndexOf(rest[digits], StringComparison.Ordinal);
            if (unit < 0 || parts[unit] is not null
                || !int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                return false;
            }

            parts[unit] = number;
            rest = rest[(digits + 1)..];
        }

        period = new RetentionPeriod(parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0, parts[3] ?? 0);
        return true;
    }

    /// <summary>The moment that lies this period before another.</summary>
    /// <param name="time">The later moment.</param>
    /// <returns>
    /// Years and months go off the calendar date of <paramref name="time"/> with its own offset from UTC, and a day that the month lacks
    /// becomes its last: a month before 31 March is 28 or 29 February. Then days and hours go off. The offset stays what it was, so that the
    /// outcome hangs on nothing but the arguments; where summer time began or ended in between it is an hour off the wall clock. The first
    /// moment of the year 1 where the period reaches further back.
    /// </returns>
    public DateTimeOffset Before(DateTimeOffset time)
    {
        DateTime local = time.DateTime;
        long months = ((long)Years * MonthsPerYear) + Months;
        if (months > ((local.Year - 1) * MonthsPerYear) + local.Month - 1)
        {
            return DateTimeOffset.MinValue;
        }

        Int128 elapsed = ((Int128)Days * TimeSpan.TicksPerDay) + ((Int128)Hours * TimeSpan.TicksPerHour) + time.Offset.Ticks;
        Int128 utcTicks = local.AddMonths(-(int)months).Ticks - elapsed;
        return utcTicks <= 0 ? DateTimeOffset.MinValue : new DateTimeOffset((long)utcTicks, TimeSpan.Zero);
    }

    /// <summary>The text that <see cref="TryParse"/> reads back: years, months, days, hours, without those that are zero; <c>0h</c> if all are.</summary>
    public override string ToString() => IsZero
        ? "0h"
        : string.Concat(Part(Years, 'y'), Part(Months, 'm'), Part(Days, 'd'), Part(Hours, 'h'));

    private static string Part(int number, char unit) => number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");
}
