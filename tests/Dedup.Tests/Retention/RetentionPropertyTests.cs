using Dedup.Retention;
using Dedup.Snapshots;
using Xunit;

namespace Dedup.Tests.Retention;

/// <summary>What holds for all snapshots and rules, on random ones; a failure names the seed.</summary>
public sealed class RetentionPropertyTests
{
    private static readonly Comparer<SnapshotId> ById =
        Comparer<SnapshotId>.Create(static (left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));

    [Fact]
    public void An_implementation_that_shares_nothing_agrees() => ForAll(
        static input => AssertSame(ReferencePlanner.Kept(input.Snapshots, input.Policy, input.Now), Kept(input.Snapshots, input.Policy, input.Now)),
        inputs: 10_000);

    [Fact]
    public void The_order_of_the_input_does_not_matter() => ForAll(static input => Assert.Equal(
        Describe(Plan(input.Snapshots, input.Policy, input.Now)), Describe(Plan(input.Shuffled(), input.Policy, input.Now))));

    /// <summary>Holds without exception: rules are ORed, and a rule that asks for more keeps what it kept, its oldest included.</summary>
    [Fact]
    public void A_policy_that_asks_for_more_keeps_all_that_the_other_keeps() => ForAll(static input => AssertSubset(
        Kept(input.Snapshots, input.Policy, input.Now), Kept(input.Snapshots, input.More(input.Policy), input.Now)));

    /// <summary>Holds without exception for the same time of planning: what is kept has the newest of each counted bucket, and the same oldest where counts are left.</summary>
    [Fact]
    public void Planning_what_was_kept_forgets_nothing_more() => ForAll(static input => Assert.Empty(
        Plan(Plan(input.Snapshots, input.Policy, input.Now).Kept, input.Policy, input.Now).Forgotten));

    [Fact]
    public void A_trusted_clock_never_makes_more_forgotten() => ForAll(static input => AssertSubset(
        Kept(input.Snapshots, input.Policy, now: null), Kept(input.Snapshots, input.Policy, input.Now)));

    [Fact]
    public void Last_keeps_the_newest_without_a_gap() => ForAll(static input =>
    {
        int count = input.Pick(1, 2, 5);
        RetentionDecision[] decisions = DecisionsOf(input.Snapshots, input.Policy with { Last = count }, input.Now);
        Assert.All(decisions.Where(static decision => !IsFuture(decision)).Take(count), static decision =>
            Assert.Contains(decision.Reasons, static reason => reason.Rule == RetentionRule.Last));
        int lastKept = Array.FindLastIndex(decisions, static decision => decision.Reasons.Any(static reason => reason.Rule == RetentionRule.Last));
        Assert.All(decisions.Take(lastKept), static decision => Assert.True(decision.Keep));
    });

    [Fact]
    public void A_rule_keeps_no_more_than_its_count_and_numbers_them_from_the_newest() => ForAll(static input =>
    {
        RetentionDecision[] decisions = DecisionsOf(input.Snapshots, input.Policy, input.Now);
        foreach (IGrouping<RetentionRule, RetentionReason> reasons in decisions.SelectMany(static decision => decision.Reasons)
            .Where(static reason => reason.Number > 0).GroupBy(static reason => reason.Rule))
        {
            Assert.Equal(Enumerable.Range(1, reasons.Count()), reasons.Select(static reason => reason.Number));
            Assert.True(reasons.Last().Number <= (reasons.First().Limit ?? int.MaxValue));
            Assert.All(reasons.SkipLast(1), static reason => Assert.False(reason.IsOldest));
        }
    });

    /// <summary>
    /// What a new backup costs, rule by rule: a rule that counts takes its reason from one older snapshot at most, and only from the one that stood for
    /// the new snapshot's own bucket, or from the oldest that the rule kept, and from that only when the rule is full.
    /// </summary>
    [Fact]
    public void A_newer_snapshot_takes_a_rule_s_reason_from_one_older_at_most() => ForAll(static input =>
    {
        string rule = input.Pick("last", "hourly", "daily", "weekly", "monthly", "yearly");
        int count = input.Pick(1, 2, 3, 5);
        RetentionPolicy policy = RetentionCase.With(new RetentionPolicy(), rule, $"{count}");
        Snapshot latest = DecisionsOf(input.Snapshots, policy, now: null)[0].Snapshot;
        Snapshot added = SnapshotMaker.Make(latest.Time.AddHours(input.Pick(0, 1, 20, 24 * 8, 24 * 40)), 0x7000);
        RetentionDecision[] before = [.. DecisionsOf(input.Snapshots, policy, now: null).Where(static decision => decision.Keep)];
        RetentionDecision[] after = [.. DecisionsOf([.. input.Snapshots, added], policy, now: null).Where(static decision => decision.Keep)];
        Assert.Equal(added, after[0].Snapshot);
        RetentionDecision? lost = before.SingleOrDefault(decision => after.All(kept => kept.Snapshot != decision.Snapshot));
        if (lost is not null)
        {
            Assert.True(lost.Reasons[0].Bucket == after[0].Reasons[0].Bucket || (lost == before[^1] && after.Length == count));
        }
    });

    /// <summary>An older snapshot can end nothing but the oldest's stay as the oldest; every bucket keeps who stood for it.</summary>
    [Fact]
    public void An_older_snapshot_takes_nothing_but_the_reason_of_being_the_oldest() => ForAll(static input =>
    {
        Snapshot oldest = DecisionsOf(input.Snapshots, input.Policy, now: null)[^1].Snapshot;
        Snapshot added = SnapshotMaker.Make(oldest.Time.AddHours(-input.Pick(1, 20, 24 * 8, 24 * 40)), 0x7000);
        RetentionDecision[] before = DecisionsOf(input.Snapshots, input.Policy, now: null);
        HashSet<SnapshotId> after = Kept([.. input.Snapshots, added], input.Policy, now: null);
        Assert.All(before, decision => Assert.Equal(decision.Reasons.Any(static reason => !reason.IsOldest), after.Contains(decision.Snapshot.Id)));
    });

    /// <summary>Whatever times a client makes up, nobody's snapshots of the last days and hours go: only in days and hours, since months differ in length.</summary>
    [Fact]
    public void Within_keeps_the_time_before_now_whatever_a_forged_clock_adds() => ForAll(static input =>
    {
        DateTimeOffset now = input.Snapshots[0].Time.AddHours(input.Pick(0, 5, 48));
        RetentionPeriod period = new(days: input.Pick(0, 1, 7, 30), hours: input.Pick(1, 5));
        RetentionPolicy policy = new() { Within = period };
        Snapshot[] forged = [.. Enumerable.Range(0, 5).Select(number => SnapshotMaker.Make(now.AddHours(input.Pick(-500, -1, 0, 1, 23, 25, 100_000)), 0x7000 + number))];
        HashSet<SnapshotId> kept = Kept([.. input.Snapshots, .. forged], policy, now);
        Assert.All(input.Snapshots.Where(snapshot => snapshot.Time > now.AddDays(-period.Days).AddHours(-period.Hours)), snapshot => Assert.Contains(snapshot.Id, kept));
    });

    private static void ForAll(Action<RandomInput> holds, int inputs = 2_000)
    {
        for (int seed = 0; seed < inputs; seed++)
        {
            try
            {
                holds(new RandomInput(seed));
            }
            catch (Exception exception)
            {
                RandomInput input = new(seed);
                throw new InvalidOperationException(
                    $"Seed {seed}: {input.Policy}; now {input.Now:O}; {string.Join(' ', input.Snapshots.Select(static snapshot => $"{snapshot.Time:O}{{{string.Join(',', snapshot.Tags)}}}"))}",
                    exception);
            }
        }
    }

    private static RetentionPlan Plan(IEnumerable<Snapshot> snapshots, RetentionPolicy policy, DateTimeOffset? now) =>
        RetentionPlanner.Plan(snapshots, policy, RetentionGrouping.None, now);

    private static RetentionDecision[] DecisionsOf(IEnumerable<Snapshot> snapshots, RetentionPolicy policy, DateTimeOffset? now) =>
        [.. Plan(snapshots, policy, now).Groups.SelectMany(static group => group.Decisions)];

    private static HashSet<SnapshotId> Kept(IEnumerable<Snapshot> snapshots, RetentionPolicy policy, DateTimeOffset? now) =>
        [.. Plan(snapshots, policy, now).Kept.Select(static snapshot => snapshot.Id)];

    private static bool IsFuture(RetentionDecision decision) => decision.Reasons.Any(static reason => reason.Rule == RetentionRule.FutureTime);

    private static string Describe(RetentionPlan plan) => string.Join('\n', plan.Groups.SelectMany(static group => group.Decisions)
        .Select(static decision => $"{decision.Snapshot.Id} {string.Join("; ", decision.Reasons.Select(static reason => $"{reason} {reason.Bucket} {reason.Number}"))}"));

    private static void AssertSame(HashSet<SnapshotId> expected, HashSet<SnapshotId> actual) =>
        Assert.True(expected.SetEquals(actual), $"expected {string.Join(' ', expected.Order(ById))}, was {string.Join(' ', actual.Order(ById))}");

    private static void AssertSubset(HashSet<SnapshotId> fewer, HashSet<SnapshotId> more) =>
        Assert.True(fewer.IsSubsetOf(more), $"lost {string.Join(' ', fewer.Except(more).Order(ById))}");
}
