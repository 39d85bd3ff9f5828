using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Dedup.Storage;

/// <summary>How many bytes may be moved in a second, the same at all times or by the time of day.</summary>
public sealed class BandwidthLimit
{
    private const int MinutesPerHour = 60, MinutesPerDay = 24 * MinutesPerHour, BytesPerKibibyte = 1024;
    private const long MaxKibibytes = 1L << 40;
    private const long Unlimited = 0;
    private const string UnlimitedWord = "unlimited";

    private readonly long[] _bytesPerSecond;

    private BandwidthLimit(long[] bytesPerSecond) => _bytesPerSecond = bytesPerSecond;

    /// <summary>Reads a limit in KiB/s such as <c>2000</c>, or a timetable such as <c>08:00-18:00=500,18:00-08:00=unlimited</c>.</summary>
    /// <param name="text">The text. Times are those of the day, local; what no period names is unlimited, and periods must not overlap.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="error">What is wrong with the text, in one line.</param>
    /// <returns>Whether the text is a limit.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out BandwidthLimit? limit, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        long[] rates = new long[MinutesPerDay];
        if (text.Contains('='))
        {
            error = ReadTimetable(text, rates);
        }
        else
        {
            error = ReadRate(text, out long rate);
            Array.Fill(rates, rate);
        }

        limit = error is null ? new BandwidthLimit(rates) : null;
        return limit is not null;
    }

    /// <summary>The limit at a moment.</summary>
    /// <param name="localTime">The moment, in local time.</param>
    /// <returns>Bytes a second; <see langword="null"/> when there is no limit.</returns>
    public long? BytesPerSecondAt(DateTimeOffset localTime) =>
        _bytesPerSecond[(localTime.Hour * MinutesPerHour) + localTime.Minute] is var rate and not Unlimited ? rate : null;

    private static string? ReadTimetable(string text, long[] rates)
    {
        bool[] isTaken = new bool[MinutesPerDay];
        foreach (string period in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int equals = period.IndexOf('=', StringComparison.Ordinal);
            int dash = period.IndexOf('-', StringComparison.Ordinal);
            if (dash < 0 || equals < dash || !TryReadTime(period[..dash], out int from) || !TryReadTime(period[(dash + 1)..equals], out int to) || from % MinutesPerDay == to % MinutesPerDay)
            {
                return $"'{period}' is no period such as 08:00-18:00=500";
            }

            if (ReadRate(period[(equals + 1)..], out long rate) is { } error)
            {
                return error;
            }

            for (int minute = from % MinutesPerDay; minute != to % MinutesPerDay; minute = (minute + 1) % MinutesPerDay)
            {
                if (isTaken[minute])
                {
                    return $"'{period}' overlaps an earlier period";
                }

                isTaken[minute] = true;
                rates[minute] = rate;
            }
        }

        return null;
    }

    /// <returns>What is wrong; <see langword="null"/> when nothing is.</returns>
    private static string? ReadRate(string text, out long bytesPerSecond)
    {
        bytesPerSecond = Unlimited;
        if (text == UnlimitedWord)
        {
            return null;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long kibibytes) || kibibytes is 0 or > MaxKibibytes)
        {
            return $"'{text}' is neither a whole number of KiB/s from 1 on nor '{UnlimitedWord}'";
        }

        bytesPerSecond = kibibytes * BytesPerKibibyte;
        return null;
    }

    /// <summary>Reads a time of the day in minutes since midnight; 24:00 is the end of the day.</summary>
    private static bool TryReadTime(string text, out int minutes)
    {
        minutes = MinutesPerDay;
        if (text == "24:00")
        {
            return true;
        }

        bool isTime = TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time);
        minutes = (time.Hour * MinutesPerHour) + time.Minute;
        return isTime;
    }
}
