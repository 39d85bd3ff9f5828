using System.Diagnostics.CodeAnalysis;
using Cronos;

namespace Dedup.Policy.Scheduling;

/// <summary>
/// When something happens by the wall clock: a cron expression of five fields, or words: <c>daily at 02:00</c>, <c>weekly on sunday at 03:00</c>,
/// <c>monthly on 1 at 04:00</c>, <c>every 6h</c>.
/// </summary>
/// <remarks>
/// Where summer time begins, a time that the day lacks comes at the first moment after the gap. Where it ends, a time that the day has twice comes once, the
/// first time; but what comes every so many minutes or hours comes in both.
/// </remarks>
public sealed class Timetable
{
    /// <summary>For timetables that never come, such as of checks that nobody wants.</summary>
    private const string Never = "never";

    private readonly CronExpression? _expression;

    private Timetable(string text, CronExpression? expression)
    {
        Text = text;
        _expression = expression;
    }

    /// <summary>Whether it never comes, as the word <c>never</c> says.</summary>
    public bool IsNever => _expression is null;

    /// <summary>Whether it was written as a cron expression.</summary>
    public bool IsCron => !char.IsAsciiLetter(Text[0]);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="timetable">The timetable.</param>
    /// <param name="mistake">What is wrong with the text otherwise, and what to write.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Timetable? timetable, [NotNullWhen(false)] out TimetableMistake? mistake)
    {
        timetable = null;
        mistake = null;
        if (text?.Trim() == Never)
        {
            timetable = new Timetable(Never, expression: null);
            return true;
        }

        if (!TimetableWords.TryRead(text ?? "", out string? cron, out mistake))
        {
            return false;
        }

        CronExpression expression;
        try
        {
            expression = CronExpression.Parse(cron);
        }
        catch (CronFormatException exception)
        {
            mistake = new TimetableMistake($"is no cron expression: {exception.Message.Replace("The given cron expression has an invalid format. ", "", StringComparison.Ordinal).TrimEnd('.')}", TimetableWords.Forms);
            return false;
        }

        // 400 years are one turn of the calendar, but Cronos looks until the year 2499 at most.
        if (expression.GetNextOccurrence(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)) is null)
        {
            mistake = new TimetableMistake("never comes", "name a day that the month has");
            return false;
        }

        timetable = new Timetable(text!.Trim(), expression);
        return true;
    }

    /// <summary>The first time after a moment; <see langword="null"/> if there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone) => _expression?.GetNextOccurrence(after, zone);

    /// <summary>The last time that is not after a moment; <see langword="null"/> if there is none.</summary>
    public DateTimeOffset? Latest(DateTimeOffset notAfter, TimeZoneInfo zone) => _expression?.GetPreviousOccurrence(notAfter, zone, inclusive: true);

    /// <summary>The longest and shortest time between two in a row by the wall clock, as of a zone without summer time.</summary>
    /// <param name="from">Where to begin: 400 days from there are looked at, or 10,000 times, whichever comes first.</param>
    public (TimeSpan Shortest, TimeSpan Longest) Gaps(DateTimeOffset from)
    {
        const int days = 400, times = 10_000;
        (TimeSpan shortest, TimeSpan longest) = (TimeSpan.MaxValue, TimeSpan.Zero);
        DateTime end = from.UtcDateTime.AddDays(days);
        DateTime? last = _expression?.GetNextOccurrence(from.UtcDateTime);
        for (int i = 0; i < times && last < end; i++)
        {
            TimeSpan gap = _expression!.GetNextOccurrence(last.Value) is { } next ? next - last.Value : TimeSpan.MaxValue;
            (shortest, longest) = (gap < shortest ? gap : shortest, gap > longest ? gap : longest);
            last = gap == TimeSpan.MaxValue ? null : last + gap;
        }

        return (shortest, longest == TimeSpan.Zero ? TimeSpan.MaxValue : longest);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
