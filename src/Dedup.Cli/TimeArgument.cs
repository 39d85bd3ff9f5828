using System.Globalization;

namespace Dedup.Cli;

/// <summary>Reads moments that options name.</summary>
internal static class TimeArgument
{
    /// <summary>Reads a time such as <c>2026-05-31</c>, <c>2026-05-31 22:00</c> (local time) or <c>2026-05-31T22:00:00+02:00</c>.</summary>
    /// <returns><see langword="null"/> when none is given.</returns>
    /// <exception cref="CliException">It is none.</exception>
    public static DateTimeOffset? Read(string? text, string option) =>
        text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time)
            && time.UtcDateTime.Year is >= 1678 and <= 2261 ? time
        : throw CliException.Usage($"{option} {text}: is no time; write it like 2026-05-31, '2026-05-31 22:00' or 2026-05-31T22:00:00+02:00");
}
