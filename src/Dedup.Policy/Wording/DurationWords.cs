using System.Globalization;

namespace Dedup.Policy.Wording;

/// <summary>Lengths of time as policies write them.</summary>
internal static class DurationWords
{
    /// <summary>In the largest unit that gives a whole number: <c>36h</c>, <c>2d</c>, <c>90s</c>.</summary>
    public static string Say(TimeSpan duration)
    {
        (long length, char unit)[] units = [(TimeSpan.TicksPerDay, 'd'), (TimeSpan.TicksPerHour, 'h'), (TimeSpan.TicksPerMinute, 'm')];
        foreach ((long length, char unit) in units)
        {
            if (duration.Ticks > 0 && duration.Ticks % length == 0 && (unit != 'd' || duration.Ticks > length))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / length}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / TimeSpan.TicksPerSecond}s");
    }

    /// <summary>In the largest unit of which there are two: <c>47h</c>, <c>3d</c>, <c>90m</c>.</summary>
    public static string SayRoughly(TimeSpan duration) => duration switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalDays}d"),
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalHours}h"),
        { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalMinutes}m"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalSeconds}s"),
    };
}
