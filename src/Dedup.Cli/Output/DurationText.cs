using System.Globalization;

namespace Dedup.Cli.Output;

/// <summary>Lengths of time for people: <c>0:07</c>, <c>12:30</c>, <c>3:05:00</c>; and as people give them.</summary>
internal static class DurationText
{
    /// <summary>Longer nobody waits; it also keeps within what the platform's timers can do.</summary>
    public const int MaxDays = 30;

    public static string Format(TimeSpan duration) => duration.TotalHours < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}:{duration.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalHours}:{duration.Minutes:00}:{duration.Seconds:00}");

    /// <summary>Reads a number with a unit of s, m, h or d: <c>90s</c>, <c>15m</c>, <c>24h</c>, <c>2d</c>; at most <see cref="MaxDays"/> days.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        TimeSpan unit = text.AsSpan() switch
        {
            [.., 's'] => TimeSpan.FromSeconds(1),
            [.., 'm'] => TimeSpan.FromMinutes(1),
            [.., 'h'] => TimeSpan.FromHours(1),
            [.., 'd'] => TimeSpan.FromDays(1),
            _ => default,
        };
        if (unit == default || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || number > TimeSpan.FromDays(MaxDays) / unit)
        {
            return false;
        }

        duration = number * unit;
        return true;
    }
}
