namespace Dedup.Native;

/// <summary>Times between the kernel's pair of seconds and nanoseconds and one count of nanoseconds since 1970-01-01 UTC.</summary>
internal static class PosixTimes
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    // A count of nanoseconds reaches from the year 1677 to 2262; these whole seconds are safely within.
    private const long MaxSeconds = (long.MaxValue / NanosecondsPerSecond) - 1;
    private const long MinSeconds = long.MinValue / NanosecondsPerSecond;

    /// <summary>Joins the pair; what lies out of range becomes the nearest count there is.</summary>
    public static long ToNanoseconds(long seconds, uint nanoseconds) =>
        seconds > MaxSeconds ? long.MaxValue
        : seconds < MinSeconds ? long.MinValue
        : (seconds * NanosecondsPerSecond) + nanoseconds;

    /// <summary>Splits a count so that the nanoseconds are never negative.</summary>
    public static (long Seconds, long Nanoseconds) Split(long nanoseconds)
    {
        (long seconds, long rest) = Math.DivRem(nanoseconds, NanosecondsPerSecond);
        return rest < 0 ? (seconds - 1, rest + NanosecondsPerSecond) : (seconds, rest);
    }
}
