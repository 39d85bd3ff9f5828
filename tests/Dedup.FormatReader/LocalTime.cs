namespace Dedup.FormatReader;

/// <summary>A time in nanoseconds since 1970 UTC, and how far the clock on the wall was from UTC (section 16).</summary>
public sealed record LocalTime(long Time, short OffsetMinutes)
{
    public static LocalTime Parse(ref FieldReader reader) => new(reader.I64(), Offset(ref reader));

    /// <summary>An offset from UTC in minutes (sections 15 and 16).</summary>
    public static short Offset(ref FieldReader reader)
    {
        short minutes = reader.I16();
        return minutes is >= -840 and <= 840 ? minutes : throw new RejectedException($"An offset of {minutes} minutes from UTC is out of range.");
    }
}
