using System.Globalization;

namespace Dedup.Retention;

/// <summary>Which snapshots of a group are kept: those that at least one rule asks for. docs/retention.md explains the rules.</summary>
/// <remarks>
/// A count is how many to keep: <see langword="null"/> and 0 set no rule, <see cref="All"/> sets no bound. A period of
/// <see langword="null"/> or of length zero sets no rule. Counts below <see cref="All"/> throw <see cref="ArgumentOutOfRangeException"/>.
/// </remarks>
public sealed record RetentionPolicy
{
    /// <summary>The count that keeps all: the newest snapshot of every hour, day and so on.</summary>
    public const int All = -1;

    /// <summary>Keeps the newest snapshots.</summary>
    public int? Last { get; init => field = RequireCount(value); }

    /// <summary>Keeps the newest snapshot of each of the newest hours that have one.</summary>
    public int? Hourly { get; init => field = RequireCount(value); }

    /// <summary>Keeps the newest snapshot of each of the newest days that have one.</summary>
    public int? Daily { get; init => field = RequireCount(value); }

    /// <summary>Keeps the newest snapshot of each of the newest ISO 8601 weeks (Monday to Sunday) that have one.</summary>
    public int? Weekly { get; init => field = RequireCount(value); }

    /// <summary>Keeps the newest snapshot of each of the newest months that have one.</summary>
    public int? Monthly { get; init => field = RequireCount(value); }

    /// <summary>Keeps the newest snapshot of each of the newest years that have one.</summary>
    public int? Yearly { get; init => field = RequireCount(value); }

    /// <summary>Keeps every snapshot that lies less than this before the newest of its group.</summary>
    public RetentionPeriod? Within { get; init; }

    /// <summary>Keeps the newest snapshot of each hour, of those that lie less than this before the newest.</summary>
    public RetentionPeriod? WithinHourly { get; init; }

    /// <summary>Keeps the newest snapshot of each day, of those that lie less than this before the newest.</summary>
    public RetentionPeriod? WithinDaily { get; init; }

    /// <summary>Keeps the newest snapshot of each ISO 8601 week, of those that lie less than this before the newest.</summary>
    public RetentionPeriod? WithinWeekly { get; init; }

    /// <summary>Keeps the newest snapshot of each month, of those that lie less than this before the newest.</summary>
    public RetentionPeriod? WithinMonthly { get; init; }

    /// <summary>Keeps the newest snapshot of each year, of those that lie less than this before the newest.</summary>
    public RetentionPeriod? WithinYearly { get; init; }

    /// <summary>Keeps every snapshot that has all tags of one of these lists. The list of one empty tag keeps snapshots without tags.</summary>
    /// <exception cref="ArgumentException">A list is empty, or has an empty tag beside others.</exception>
    public IReadOnlyList<IReadOnlyList<string>> KeepTags { get; init => field = RequireTags(value); } = [];

    /// <summary>Whether no rule is set, so that nothing would be kept.</summary>
    public bool IsEmpty => KeepTags.Count == 0 && !Counts.Any() && !Periods.Any();

    /// <summary>The rules that count and are set.</summary>
    internal IEnumerable<(RetentionRule Rule, int Count)> Counts => new (RetentionRule Rule, int Count)[]
    {
        (RetentionRule.Last, Last ?? 0),
        (RetentionRule.Hourly, Hourly ?? 0),
        (RetentionRule.Daily, Daily ?? 0),
        (RetentionRule.Weekly, Weekly ?? 0),
        (RetentionRule.Monthly, Monthly ?? 0),
        (RetentionRule.Yearly, Yearly ?? 0),
    }.Where(static rule => rule.Count != 0);

    /// <summary>The rules that look back and are set.</summary>
    internal IEnumerable<(RetentionRule Rule, RetentionPeriod Period)> Periods => new (RetentionRule Rule, RetentionPeriod Period)[]
    {
        (RetentionRule.Within, Within ?? default),
        (RetentionRule.WithinHourly, WithinHourly ?? default),
        (RetentionRule.WithinDaily, WithinDaily ?? default),
        (RetentionRule.WithinWeekly, WithinWeekly ?? default),
        (RetentionRule.WithinMonthly, WithinMonthly ?? default),
        (RetentionRule.WithinYearly, WithinYearly ?? default),
    }.Where(static rule => !rule.Period.IsZero);

    /// <summary>The rules that are set, as <c>30 daily, all monthly, within 1y, daily within 7d, tags [a, b]</c>; <c>nothing</c> if none is.</summary>
    public override string ToString()
    {
        if (IsEmpty)
        {
            return "nothing";
        }

        IEnumerable<string> counts = Counts
            .Select(static rule => $"{(rule.Count == All ? "all" : rule.Count.ToString(CultureInfo.InvariantCulture))} {RetentionBucket.NameOf(rule.Rule)}");
        IEnumerable<string> periods = Periods
            .Select(static rule => $"{RetentionBucket.NameOf(rule.Rule)} within {rule.Period}".TrimStart());
        return string.Join(", ", counts.Concat(periods).Concat(KeepTags.Select(static tags => $"tags [{string.Join(", ", tags)}]")));
    }

    private static int? RequireCount(int? count) => count is null or >= All
        ? count
        : throw new ArgumentOutOfRangeException(nameof(count), count, "A retention rule keeps a number of snapshots from 0 up, or -1 for all.");

    private static IReadOnlyList<IReadOnlyList<string>> RequireTags(IReadOnlyList<IReadOnlyList<string>> lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        return lists.Any(static tags => tags.Count == 0 || (tags.Count > 1 && tags.Contains("")))
            ? throw new ArgumentException("Each list of tags to keep needs a tag; the empty tag stands for snapshots without tags and goes alone.", nameof(lists))
            : [.. lists.Select(static tags => (IReadOnlyList<string>)[.. tags])];
    }
}
