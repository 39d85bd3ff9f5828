using System.Globalization;

namespace Dedup.Cli.Output;

/// <summary>Lengths of time for people: <c>0:07</c>, <c>12:30</c>, <c>3:05:00</c>; and as people give them.</summary>
internal static class DurationText
{
    /// <summary>Longer nobody waits; it also keeps within what the platform's timers can do.</summary>
    public const int MaxDays = 30;

    /// <summary>A thousand years, which reaches back before any backup and stays within what a date can hold.</summary>
    private const int MaxAgeDays = 365_250;

    public static string Format(TimeSpan duration) => duration.TotalHours < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}:{duration.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalHours}:{duration.Minutes:00}:{duration.Seconds:00}");

    /// <summary>Reads how long to wait: a number with a unit of s, m, h, d or w, such as <c>90s</c> or <c>24h</c>; at most <see cref="MaxDays"/> days.</summary>
    public static bool TryParse(string text, out TimeSpan duration) => TryParseAge(text, out duration) && duration <= TimeSpan.FromDays(MaxDays);

    /// <summary>Reads an age: a number with a unit of s, m, h, d or w, such as <c>30d</c>; as long as people keep things.</summary>
    public static bool TryParseAge(string text, out TimeSpan age)
    {
        age = default;
        TimeSpan unit = text.AsSpan() switch
        {
            [.., 's'] => TimeSpan.FromSeconds(1),
            [.., 'm'] => TimeSpan.FromMinutes(1),
            [.., 'h'] => TimeSpan.FromHours(1),
            [.., 'd'] => TimeSpan.FromDays(1),
            [.., 'w'] => TimeSpan.FromDays(7),
            _ => default,
        };
        if (unit == default || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || number > TimeSpan.FromDays(MaxAgeDays) / unit)
        {
            return false;
        }

        age = number * unit;
        return true;
    }
}
