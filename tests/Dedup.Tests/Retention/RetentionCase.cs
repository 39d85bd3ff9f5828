using System.Globalization;
using Dedup.Retention;
using Dedup.Snapshots;

namespace Dedup.Tests.Retention;

/// <summary>A line of the table: its header says what the parts mean.</summary>
internal sealed record RetentionCase(RetentionPolicy Policy, DateTimeOffset? Now, IReadOnlyList<Snapshot> Snapshots, IReadOnlySet<SnapshotId> Kept)
{
    public static string PathOfTable => Path.Combine(AppContext.BaseDirectory, "Retention", "Vectors", "retention.txt");

    public static RetentionCase Parse(string rules, string snapshots)
    {
        RetentionPolicy policy = new();
        DateTimeOffset? now = null;
        foreach (string[] rule in Words(rules).Select(static word => word.Split('=')))
        {
            now = rule[0] == "now" ? TimeOf(rule[1]) : now;
            policy = rule[0] == "now" ? policy : With(policy, rule[0], rule[1]);
        }

        List<Snapshot> all = [];
        HashSet<SnapshotId> kept = [];
        foreach (string word in Words(snapshots))
        {
            foreach (Snapshot snapshot in SnapshotsOf(word[1..], all.Count + 0x1000))
            {
                all.Add(snapshot);
                if (word[0] == '+')
                {
                    kept.Add(snapshot.Id);
                }
            }
        }

        return new RetentionCase(policy, now, all, kept);
    }

    public static RetentionPolicy With(RetentionPolicy policy, string rule, string value)
    {
        int? count = value == "all" ? RetentionPolicy.All : int.TryParse(value, CultureInfo.InvariantCulture, out int number) ? number : null;
        RetentionPeriod? period = RetentionPeriod.TryParse(value, out RetentionPeriod read) ? read : null;
        return rule switch
        {
            "last" => policy with { Last = count!.Value },
            "hourly" => policy with { Hourly = count!.Value },
            "daily" => policy with { Daily = count!.Value },
            "weekly" => policy with { Weekly = count!.Value },
            "monthly" => policy with { Monthly = count!.Value },
            "yearly" => policy with { Yearly = count!.Value },
            "within" => policy with { Within = period!.Value },
            "within-hourly" => policy with { WithinHourly = period!.Value },
            "within-daily" => policy with { WithinDaily = period!.Value },
            "within-weekly" => policy with { WithinWeekly = period!.Value },
            "within-monthly" => policy with { WithinMonthly = period!.Value },
            "within-yearly" => policy with { WithinYearly = period!.Value },
            "tag" => policy with { KeepTags = [.. policy.KeepTags, value == "none" ? [""] : value.Split(',')] },
            "preset" when RetentionPresets.TryGet(value, out RetentionPolicy? preset) => preset,
            _ => throw new FormatException($"There is no rule {rule}={value}."),
        };
    }

    public static DateTimeOffset TimeOf(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<Snapshot> SnapshotsOf(string text, int number)
    {
        string[] tags = text.Split('{', '}') is [_, string inside, _] ? inside.Split(',') : [];
        string[] timeAndId = text.Split('{')[0].Split('/');
        string[] days = timeAndId[0].Split("..");
        if (days[0].Contains('T', StringComparison.Ordinal))
        {
            return [SnapshotMaker.Make(TimeOf(days[0]), timeAndId.Length == 1 ? number : int.Parse(timeAndId[1], CultureInfo.InvariantCulture), tags)];
        }

        DateTimeOffset first = TimeOf(days[0] + "T12:00");
        int count = (TimeOf(days[^1] + "T12:00") - first).Days + 1;
        return Enumerable.Range(0, count).Select(day => SnapshotMaker.Make(first.AddDays(day), number + day));
    }
}
