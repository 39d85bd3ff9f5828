using Dedup.Snapshots;

namespace Dedup.Retention;

/// <summary>Decides which snapshots a policy keeps. A pure function: it reads no clock, no store and no time zone database.</summary>
public static class RetentionPlanner
{
    /// <summary>How far a client's clock may be ahead before its snapshots count as being of the future.</summary>
    private static readonly TimeSpan FutureTolerance = TimeSpan.FromDays(1);

    private static readonly Comparer<Snapshot> NewestFirst = Comparer<Snapshot>.Create(static (left, right) =>
    {
        int order = right.Time.CompareTo(left.Time);
        return order != 0 ? order : string.CompareOrdinal(right.Id.ToString(), left.Id.ToString());
    });

    /// <summary>Decides for each snapshot whether it is kept, and why. docs/retention.md explains the rules.</summary>
    /// <param name="snapshots">All snapshots that the policy is for, in any order: the result does not depend on it. Of two of the same time the one with the greater id is newer.</param>
    /// <param name="policy">The rules; a snapshot is kept if any asks for it.</param>
    /// <param name="grouping">What snapshots share that are looked at together.</param>
    /// <param name="now">
    /// The time by a trusted clock. With it, a client whose clock is wrong or forged cannot make others' snapshots look old: those more than a
    /// day later are kept, and no rule counts them; and periods are counted back from the newest snapshot that is not later than now.
    /// Without it all times are believed. It never makes the plan forget more.
    /// </param>
    /// <exception cref="ArgumentException">The policy has no rule and would forget everything, or two snapshots have the same id.</exception>
    public static RetentionPlan Plan(IEnumerable<Snapshot> snapshots, RetentionPolicy policy, RetentionGrouping grouping, DateTimeOffset? now = null)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(grouping);
        if (policy.IsEmpty)
        {
            throw new ArgumentException("The retention policy has no rule and would forget every snapshot; set at least one, such as 30 daily.", nameof(policy));
        }

        Snapshot[] newestFirst = [.. snapshots.Order(NewestFirst)];

        // The same snapshot twice could be both kept and forgotten.
        HashSet<SnapshotId> ids = [];
        if (Array.Find(newestFirst, snapshot => !ids.Add(snapshot.Id)) is { } twice)
        {
            throw new ArgumentException($"Snapshot {twice.Id} is given twice; give each once.", nameof(snapshots));
        }

        return new RetentionPlan([
            .. newestFirst.GroupBy(grouping.KeyOf)
                .OrderBy(static group => group.Key, Comparer<RetentionGroupKey>.Create(RetentionGroupKey.Compare))
                .Select(group => new RetentionGroup(group.Key, Decide([.. group], policy, now))),
        ]);
    }

    private static List<RetentionDecision> Decide(Snapshot[] newestFirst, RetentionPolicy policy, DateTimeOffset? now)
    {
        // As differences, since a day after the end of the calendar is no time.
        int future = now is null ? 0 : newestFirst.TakeWhile(snapshot => snapshot.Time - now > FutureTolerance).Count();
        RetentionReason[] isFuture = [new RetentionReason { Rule = RetentionRule.FutureTime }];
        List<RetentionDecision> decisions = [.. newestFirst.Take(future).Select(snapshot => new RetentionDecision(snapshot, isFuture))];
        if (future == newestFirst.Length)
        {
            return decisions;
        }

        List<BucketRule> rules = RulesAtWork(policy, NewestOf(newestFirst.AsSpan(future), now));
        for (int i = future; i < newestFirst.Length; i++)
        {
            Snapshot snapshot = newestFirst[i];
            bool isOldest = i == newestFirst.Length - 1;
            decisions.Add(new RetentionDecision(
                snapshot,
                [.. TagReasons(policy, snapshot), .. rules.Select(rule => rule.Consider(snapshot, isOldest)).OfType<RetentionReason>()]));
        }

        return decisions;
    }

    /// <summary>The moment that periods are counted back from.</summary>
    private static DateTimeOffset NewestOf(ReadOnlySpan<Snapshot> newestFirst, DateTimeOffset? now)
    {
        foreach (Snapshot snapshot in newestFirst)
        {
            if (now is null || snapshot.Time <= now)
            {
                return snapshot.Time;
            }
        }

        return now ?? newestFirst[0].Time;
    }

    private static List<BucketRule> RulesAtWork(RetentionPolicy policy, DateTimeOffset newest) =>
    [
        .. policy.Counts.Select(static rule => new BucketRule(rule.Rule, rule.Count == RetentionPolicy.All ? null : rule.Count, period: null, after: null)),
        .. policy.Periods.Select(rule => new BucketRule(rule.Rule, limit: null, rule.Period, rule.Period.Before(newest))),
    ];

    private static IEnumerable<RetentionReason> TagReasons(RetentionPolicy policy, Snapshot snapshot) =>
        from tags in policy.KeepTags
        where tags is [""] ? snapshot.Tags.Count == 0 : tags.All(snapshot.Tags.Contains)
        select new RetentionReason { Rule = RetentionRule.Tags, Tags = tags };
}
