namespace Dedup.Retention;

/// <summary>What kind of rule keeps a snapshot.</summary>
public enum RetentionRule
{
    /// <summary>It is among the newest.</summary>
    Last,

    /// <summary>It stands for its hour, among the newest hours that have a snapshot.</summary>
    Hourly,

    /// <summary>It stands for its day.</summary>
    Daily,

    /// <summary>It stands for its ISO 8601 week.</summary>
    Weekly,

    /// <summary>It stands for its month.</summary>
    Monthly,

    /// <summary>It stands for its year.</summary>
    Yearly,

    /// <summary>It lies less than a period before the newest.</summary>
    Within,

    /// <summary>It lies within a period and stands for its hour.</summary>
    WithinHourly,

    /// <summary>It lies within a period and stands for its day.</summary>
    WithinDaily,

    /// <summary>It lies within a period and stands for its ISO 8601 week.</summary>
    WithinWeekly,

    /// <summary>It lies within a period and stands for its month.</summary>
    WithinMonthly,

    /// <summary>It lies within a period and stands for its year.</summary>
    WithinYearly,

    /// <summary>It has all tags of a list.</summary>
    Tags,

    /// <summary>Its time has not come yet: no rule of the policy, but a guard against wrong and forged clocks.</summary>
    FutureTime,
}
