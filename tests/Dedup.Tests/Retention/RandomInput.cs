using Dedup.Retention;
using Dedup.Snapshots;

namespace Dedup.Tests.Retention;

/// <summary>Snapshots and rules from a seed: few and near each other, so that they share buckets, times and edges of the calendar.</summary>
internal sealed class RandomInput
{
    private static readonly DateTime[] Edges =
    [
        new(2020, 12, 28), new(2021, 1, 4), new(2024, 2, 29), new(2024, 12, 30), new(2026, 1, 1), new(2026, 3, 29, 1, 0, 0), new(2026, 3, 31),
        new(2026, 10, 25, 1, 0, 0), new(2026, 12, 31, 23, 0, 0), new(2027, 1, 3), new(2026, 4, 4, 15, 0, 0),
    ];

    // In minutes: also those of Lord Howe, and the farthest ones.
    private static readonly int[] Offsets = [0, 60, 120, -240, -300, 630, 660, 840, -720];

    private readonly Random _random;

    public RandomInput(int seed)
    {
        _random = new Random(seed);
        DateTime edge = Pick(Edges);
        long spread = TimeSpan.FromHours(Pick(3, 40, 24 * 9, 24 * 70, 24 * 1500)).Ticks;
        bool travels = _random.Next(3) == 0;
        int home = Pick(Offsets);
        Snapshots =
        [
            .. Enumerable.Range(0, _random.Next(1, 16)).Select(number => SnapshotMaker.Make(
                Round(edge.AddTicks(_random.NextInt64(-spread, spread))).ToOffset(TimeSpan.FromMinutes(travels ? Pick(Offsets) : home)),
                number,
                Pick<string[]>([], ["a"], ["b"], ["a", "b"]))),
        ];
        Policy = NextPolicy();
        Now = _random.Next(2) == 0 ? null : Round(edge.AddTicks(_random.NextInt64(-spread, spread)));
    }

    public IReadOnlyList<Snapshot> Snapshots { get; }

    public RetentionPolicy Policy { get; }

    public DateTimeOffset? Now { get; }

    /// <summary>The snapshots in another order.</summary>
    public Snapshot[] Shuffled()
    {
        Snapshot[] all = [.. Snapshots];
        _random.Shuffle(all);
        return all;
    }

    /// <summary>A policy that asks for more: each rule as high or higher, each period as long or longer, each tag list and perhaps others.</summary>
    public RetentionPolicy More(RetentionPolicy policy) => new()
    {
        Last = More(policy.Last),
        Hourly = More(policy.Hourly),
        Daily = More(policy.Daily),
        Weekly = More(policy.Weekly),
        Monthly = More(policy.Monthly),
        Yearly = More(policy.Yearly),
        Within = More(policy.Within),
        WithinHourly = More(policy.WithinHourly),
        WithinDaily = More(policy.WithinDaily),
        WithinWeekly = More(policy.WithinWeekly),
        WithinMonthly = More(policy.WithinMonthly),
        WithinYearly = More(policy.WithinYearly),
        KeepTags = _random.Next(2) == 0 ? policy.KeepTags : [.. policy.KeepTags, ["a"]],
    };

    public T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private RetentionPolicy NextPolicy()
    {
        RetentionPolicy policy = new()
        {
            Last = Count(),
            Hourly = Count(),
            Daily = Count(),
            Weekly = Count(),
            Monthly = Count(),
            Yearly = Count(),
            Within = Period(),
            WithinHourly = Period(),
            WithinDaily = Period(),
            WithinWeekly = Period(),
            WithinMonthly = Period(),
            WithinYearly = Period(),
            KeepTags = _random.Next(8) == 0 ? [Pick<string[]>(["a"], ["a", "b"], [""])] : [],
        };
        return policy.IsEmpty ? NextPolicy() : policy;
    }

    // Few rules at once: of many, one hides what another does.
    private int? Count() => _random.Next(5) == 0 ? Pick(0, 1, 2, 3, 5, RetentionPolicy.All) : null;

    private RetentionPeriod? Period() => _random.Next(8) == 0
        ? new RetentionPeriod(Pick(0, 0, 0, 1), Pick(0, 0, 1, 13), Pick(0, 0, 1, 7), Pick(0, 1, 30))
        : null;

    private int? More(int? count) => count == RetentionPolicy.All || _random.Next(6) == 0 ? RetentionPolicy.All : (count ?? 0) + _random.Next(3);

    private RetentionPeriod? More(RetentionPeriod? period)
    {
        RetentionPeriod old = period ?? default;
        return _random.Next(3) == 0 ? period : new RetentionPeriod(old.Years + Pick(0, 0, 1), old.Months + Pick(0, 1), old.Days + Pick(0, 3), old.Hours + Pick(0, 5));
    }

    private DateTimeOffset Round(DateTime time)
    {
        long unit = Pick(TimeSpan.TicksPerHour, TimeSpan.TicksPerHour / 2, TimeSpan.TicksPerSecond);
        return new DateTimeOffset(time.Ticks / unit * unit, TimeSpan.Zero);
    }
}
