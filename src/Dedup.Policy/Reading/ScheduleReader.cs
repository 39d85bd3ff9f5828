using Dedup.Policy.Scheduling;

namespace Dedup.Policy.Reading;

/// <summary>Reads schedules.</summary>
internal static class ScheduleReader
{
    /// <summary>Reads the schedule behind a key.</summary>
    /// <param name="reader">The section that has the key.</param>
    /// <param name="key">The key.</param>
    /// <param name="zone">The zone where the schedule names none.</param>
    /// <param name="hasDefault">Whether the key's default is a timetable, rather than no schedule.</param>
    public static Schedule? Read(SectionReader reader, PolicyKey key, TimeZoneInfo zone, bool hasDefault = false) =>
        reader.Section(key, section => Read(section, zone)) is { } schedule ? schedule
        : reader.Has(key) || !hasDefault ? null
        : ReadDefault(key, zone);

    /// <summary>The schedule of a key that is not given.</summary>
    public static Schedule ReadDefault(PolicyKey key, TimeZoneInfo zone) => Timetable.TryParse(key.Default, out Timetable? timetable, out _)
        ? new Schedule { Timetable = timetable, Zone = zone }
        : throw new InvalidOperationException($"The default '{key.Default}' of {key.Name} is no timetable.");

    private static Schedule? Read(SectionReader reader, TimeZoneInfo zone)
    {
        Timetable? timetable = reader.Timetable(ScheduleKeys.At);
        TimeZoneInfo? named = reader.Zone(ScheduleKeys.Zone);
        TimeSpan jitter = reader.Duration(ScheduleKeys.Jitter) ?? TimeSpan.Zero;
        bool catchesUp = reader.BooleanOrTrue(ScheduleKeys.CatchUp);
        if (timetable is null || timetable.IsNever)
        {
            return null;
        }

        if (jitter >= timetable.Gaps(Coherence.Reference).Shortest)
        {
            reader.Add(ScheduleKeys.Jitter, "runs would be put off by more than the time between two of them", "write less than the shortest time between two runs");
        }

        return new Schedule { Timetable = timetable, Zone = named ?? zone, Jitter = jitter, CatchesUp = catchesUp };
    }
}
