using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Dedup.Policy.Wording;

namespace Dedup.Policy.Scheduling;

/// <summary>Timetables in words, as cron expressions.</summary>
internal static class TimetableWords
{
    /// <summary>What can be written.</summary>
    public const string Forms =
        "write 'daily at 02:00', 'weekly on sunday at 03:00', 'monthly on 1 at 04:00', 'monthly on last at 04:00', 'every 6h', or a cron expression of five fields";

    private const int CronFields = 5, MaxMonthDay = 28;

    private static readonly string[] FirstWords = ["daily", "weekly", "monthly", "every", "hourly", "never"];

    private static readonly string[] Days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    // The parts of an hour and of a day: others would not come at the same times every day.
    private static readonly int[] Minutes = [5, 10, 15, 20, 30, 60], Hours = [1, 2, 3, 4, 6, 8, 12, 24];

    /// <summary>Reads words, or takes over a cron expression without looking into it.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? cron, [NotNullWhen(false)] out TimetableMistake? mistake)
    {
        string[] words = text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        (cron, mistake) = words switch
        {
            [] => Wrong("is empty", Forms),
            ["daily", ..] => ReadDaily(words.AsSpan(1)),
            ["weekly", ..] => ReadWeekly(words.AsSpan(1)),
            ["monthly", ..] => ReadMonthly(words.AsSpan(1)),
            ["every", ..] => ReadEvery(words.AsSpan(1)),
            ["hourly"] => ("0 * * * *", null),
            _ when words.Length == CronFields && !char.IsAsciiLetter(words[0][0]) => (string.Join(' ', words), null),
            _ when words.Length == CronFields + 1 && !char.IsAsciiLetter(words[0][0]) =>
                Wrong("has six fields; seconds are not known here", "leave the first field out"),
            [{ } word, ..] => Wrong("is no time that comes again and again", NearestWord.Suggest(word, FirstWords, Forms)),
        };
        return cron is not null;
    }

    private static (string? Cron, TimetableMistake? Mistake) ReadDaily(ReadOnlySpan<string> words) =>
        TryReadTime(words, out string? time) ? ($"{time} * * *", null) : Wrong("has no time of day", "write it like 'daily at 02:00'");

    private static (string? Cron, TimetableMistake? Mistake) ReadWeekly(ReadOnlySpan<string> words)
    {
        const string form = "write it like 'weekly on sunday at 03:00'";
        if (words is not ["on", string day, ..])
        {
            return Wrong("has no day of the week", form);
        }

        // Three letters are enough, as in cron.
        int index = Array.FindIndex(Days, name => name == day || name[..3] == day);
        return index < 0 ? Wrong($"names '{day}', which is no day of the week", form)
            : TryReadTime(words[2..], out string? time) ? ($"{time} * * {index}", null)
            : Wrong("has no time of day", form);
    }

    private static (string? Cron, TimetableMistake? Mistake) ReadMonthly(ReadOnlySpan<string> words)
    {
        const string form = "write it like 'monthly on 1 at 04:00' or 'monthly on last at 04:00'";
        if (words is not ["on", string day, ..])
        {
            return Wrong("has no day of the month", form);
        }

        bool isNumber = int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return day != "last" && (!isNumber || number is < 1 or > 31) ? Wrong($"names '{day}', which is no day of the month", form)
            : number > MaxMonthDay ? Wrong($"names day {number}, which some months lack", "write 'monthly on last at 04:00' for the last day of every month")
            : TryReadTime(words[2..], out string? time) ? ($"{time} {(isNumber ? number.ToString(CultureInfo.InvariantCulture) : "L")} * *", null)
            : Wrong("has no time of day", form);
    }

    private static (string? Cron, TimetableMistake? Mistake) ReadEvery(ReadOnlySpan<string> words)
    {
        const string form = "write 'every 15m' (5m, 10m, 15m, 20m, 30m) or 'every 6h' (1h, 2h, 3h, 4h, 6h, 8h, 12h)";
        if (words is not [{ Length: > 1 } length] || !int.TryParse(length.AsSpan(0, length.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return Wrong("has no interval", form);
        }

        return length[^1] switch
        {
            'm' when number == 60 => ("0 * * * *", null),
            'm' when Minutes.Contains(number) => ($"*/{number} * * * *", null),
            'h' when number == 24 => ("0 0 * * *", null),
            'h' when number == 1 => ("0 * * * *", null),
            'h' when Hours.Contains(number) => ($"0 */{number} * * *", null),
            'd' when number == 1 => ("0 0 * * *", null),
            'm' => Wrong($"is an interval that does not divide an hour, or less than 5 minutes", Nearest(number, Minutes, "m")),
            'h' => Wrong($"is an interval that does not divide a day", Nearest(number, Hours, "h")),
            _ => Wrong("has no interval", form),
        };
    }

    private static string Nearest(int number, int[] known, string unit) => $"write 'every {known.MinBy(value => Math.Abs((long)value - number))}{unit}'";

    // Minute and hour, as cron has them.
    private static bool TryReadTime(ReadOnlySpan<string> words, [NotNullWhen(true)] out string? cron)
    {
        cron = words is ["at", string text] && TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time)
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Minute} {time.Hour}")
            : null;
        return cron is not null;
    }

    private static (string? Cron, TimetableMistake? Mistake) Wrong(string message, string suggestion) => (null, new TimetableMistake(message, suggestion));
}
