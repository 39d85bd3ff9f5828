namespace Dedup;

/// <summary>Nanoseconds since 1970-01-01 UTC, the unit of every time in the format.</summary>
internal static class UnixTime
{
    private const long NanosecondsPerTick = 100;

    /// <summary>The first whose nanoseconds 64 bits can hold: the few before it are not cut off, so that every time that is read can be written again.</summary>
    private const long FirstTick = long.MinValue / NanosecondsPerTick;

    public static long FromDateTimeOffset(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * NanosecondsPerTick;

    /// <summary>
    /// Any number of nanoseconds that 64 bits can hold is a time that <see cref="DateTimeOffset"/> can: the years 1677 to 2262. What is less than its
    /// 100 ns is cut off, before 1970 too, so that the second is the one that the system's tools show.
    /// </summary>
    public static DateTimeOffset ToDateTimeOffset(long nanoseconds, TimeSpan offset = default) =>
        DateTimeOffset.UnixEpoch.AddTicks(Math.Max((nanoseconds / NanosecondsPerTick) - (nanoseconds % NanosecondsPerTick < 0 ? 1 : 0), FirstTick)).ToOffset(offset);
}
