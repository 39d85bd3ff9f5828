using System.Globalization;

namespace Dedup.Cli.Output;

/// <summary>Lengths of time for people: <c>0:07</c>, <c>12:30</c>, <c>3:05:00</c>.</summary>
internal static class DurationText
{
    public static string Format(TimeSpan duration) => duration.TotalHours < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}:{duration.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalHours}:{duration.Minutes:00}:{duration.Seconds:00}");
}
