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
}
