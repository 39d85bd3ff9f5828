namespace Dedup.Policy.Reading;

/// <summary>The keys of retention rules.</summary>
internal static class RetentionKeys
{
    public static PolicyKey Keep { get; } = new("keep", ValueKind.Rules, "All rules in words: `30 daily + 12 monthly`, `14 daily + 8 weekly + 6 monthly + 1 yearly`, `daily within 7d + monthly within 1y`, or `everything`. It stands alone.") { Default = "none", Example = "30 daily + 12 monthly" };

    public static PolicyKey Last { get; } = Count("last", "How many of the newest.");

    public static PolicyKey Hourly { get; } = Count("hourly", "Of how many hours the newest.");

    public static PolicyKey Daily { get; } = Count("daily", "Of how many days the newest.");

    public static PolicyKey Weekly { get; } = Count("weekly", "Of how many weeks the newest.");

    public static PolicyKey Monthly { get; } = Count("monthly", "Of how many months the newest.");

    public static PolicyKey Yearly { get; } = Count("yearly", "Of how many years the newest.");

    public static PolicyKey Within { get; } = Period("within", "All that lie less than this before the newest.");

    public static PolicyKey WithinHourly { get; } = Period("within-hourly", "Of these, the newest of each hour.");

    public static PolicyKey WithinDaily { get; } = Period("within-daily", "Of these, the newest of each day.");

    public static PolicyKey WithinWeekly { get; } = Period("within-weekly", "Of these, the newest of each week.");

    public static PolicyKey WithinMonthly { get; } = Period("within-monthly", "Of these, the newest of each month.");

    public static PolicyKey WithinYearly { get; } = Period("within-yearly", "Of these, the newest of each year.");

    public static PolicyKey Tags { get; } = new("tags", ValueKind.Text, "All that have this tag, or all of these parted by commas.") { Default = "none", Example = "[important, 'final,signed']", IsList = true };

    public static PolicySection Retention { get; } = new("retention", "Which snapshots stay: those that at least one rule asks for. docs/retention.md explains the rules.", [Keep, Last, Hourly, Daily, Weekly, Monthly, Yearly, Within, WithinHourly, WithinDaily, WithinWeekly, WithinMonthly, WithinYearly, Tags]) { Short = Keep };

    private static PolicyKey Count(string name, string description) => new(name, ValueKind.Count, description) { Default = "none", Example = "12" };

    private static PolicyKey Period(string name, string description) => new(name, ValueKind.Period, description) { Default = "none", Example = "7d" };
}
