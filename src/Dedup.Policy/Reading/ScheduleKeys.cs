namespace Dedup.Policy.Reading;

/// <summary>The keys that say when something runs.</summary>
internal static class ScheduleKeys
{
    /// <summary>Stands for no schedule.</summary>
    public const string Never = "never";

    public static PolicyKey At { get; } = new("at", ValueKind.Timetable, "When: `daily at 02:00`, `weekly on sunday at 03:00`, `monthly on 1 at 04:00`, `monthly on last at 04:00`, `every 6h`, `hourly`, a cron expression of five fields, or `never`.") { Example = "daily at 02:00" };

    public static PolicyKey Zone { get; } = new("zone", ValueKind.Zone, "Whose wall clock counts.") { Default = "the policy's zone", Example = "Europe/Amsterdam" };

    public static PolicyKey Jitter { get; } = new("jitter", ValueKind.Duration, "By how much runs are put off at most, so that not all begin at once: each source by its own part of it, always the same.") { Default = "0s", Example = "15m" };

    public static PolicyKey CatchUp { get; } = new("catch-up", ValueKind.Boolean, "Whether one run makes up for those missed while the machine was off. Missed runs are counted and told in any case.") { Default = "true", Example = "false" };

    public static PolicySection Schedule { get; } = new("schedule", "When something runs.", [At, Zone, Jitter, CatchUp]) { Short = At };
}
