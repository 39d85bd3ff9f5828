using Dedup.Retention;
using Dedup.Snapshots;
using Xunit;

namespace Dedup.Tests.Retention;

/// <summary>A plan can be explained: every reason says which rule, which bucket, and how many of how many.</summary>
public sealed class RetentionReasonTests
{
    private static readonly RetentionPeriod Year = new(years: 1);

    [Fact]
    public void Every_rule_names_its_bucket_and_counts()
    {
        RetentionPolicy policy = new()
        {
            Last = 3,
            Hourly = 24,
            Daily = 7,
            Weekly = RetentionPolicy.All,
            Monthly = 2,
            Yearly = 5,
            Within = Year,
            WithinHourly = Year,
            WithinDaily = Year,
            WithinWeekly = Year,
            WithinMonthly = Year,
            WithinYearly = Year,
            KeepTags = [["b", "a"]],
        };
        RetentionDecision[] decisions = Decide(policy, null, SnapshotMaker.Make("2026-10-25T02:30+02:00", 1, "a", "b"), SnapshotMaker.Make("2027-01-03T10:00+01:00", 2));
        Assert.Equal(
            [
                "last snapshot||1 of 3", "hourly snapshot|2027-01-03 10h +01:00|1 of 24", "daily snapshot|2027-01-03|1 of 7",
                "weekly snapshot|2026-W53|1 of all", "monthly snapshot|2027-01|1 of 2", "yearly snapshot|2027|1 of 5", "within 1y||1 of all",
                "hourly within 1y|2027-01-03 10h +01:00|1 of all", "daily within 1y|2027-01-03|1 of all", "weekly within 1y|2026-W53|1 of all",
                "monthly within 1y|2027-01|1 of all", "yearly within 1y|2027|1 of all",
            ],
            decisions[0].Reasons.Select(Describe));
        Assert.Equal(
            [
                "has tags [b, a]||0 of all", "last snapshot||2 of 3", "hourly snapshot|2026-10-25 02h +02:00|2 of 24", "daily snapshot|2026-10-25|2 of 7",
                "weekly snapshot|2026-W43|2 of all", "monthly snapshot|2026-10|2 of 2", "yearly snapshot|2026|2 of 5", "within 1y||2 of all",
                "hourly within 1y|2026-10-25 02h +02:00|2 of all", "daily within 1y|2026-10-25|2 of all", "weekly within 1y|2026-W43|2 of all",
                "monthly within 1y|2026-10|2 of all", "yearly within 1y|2026|2 of all",
            ],
            decisions[1].Reasons.Select(Describe));
    }

    [Fact]
    public void The_oldest_that_stays_only_as_such_is_called_so()
    {
        RetentionDecision[] decisions = Decide(
            new() { Daily = 7, WithinDaily = Year, Yearly = 1 },
            null,
            SnapshotMaker.Make("2026-01-01T10:00", 1),
            SnapshotMaker.Make("2026-01-01T11:00", 2),
            SnapshotMaker.Make("2026-01-01T12:00", 3));
        Assert.Equal(["oldest daily snapshot|2026-01-01|2 of 7", "oldest daily within 1y|2026-01-01|2 of all"], decisions[2].Reasons.Select(Describe));
        Assert.All(decisions[2].Reasons, static reason => Assert.True(reason.IsOldest));
        Assert.Empty(decisions[1].Reasons);
        Assert.False(decisions[1].Keep);
        Assert.All(decisions[0].Reasons, static reason => Assert.False(reason.IsOldest));
    }

    [Fact]
    public void An_oldest_that_stands_for_its_own_bucket_is_not_called_so() =>
        Assert.Equal(["daily snapshot|2026-01-01|1 of 7"], Decide(new() { Daily = 7 }, null, SnapshotMaker.Make("2026-01-01T10:00", 1))[0].Reasons.Select(Describe));

    [Fact]
    public void A_time_in_the_future_is_the_only_reason_there()
    {
        RetentionDecision[] decisions = Decide(
            new() { Last = 9, Within = Year, KeepTags = [["a"]] }, RetentionCase.TimeOf("2026-01-01T12:00"), SnapshotMaker.Make("2026-01-01T10:00", 1), SnapshotMaker.Make("2026-01-05T10:00", 2, "a"));
        Assert.Equal(["time in the future||0 of all"], decisions[0].Reasons.Select(Describe));
        Assert.Equal(RetentionRule.FutureTime, decisions[0].Reasons[0].Rule);
        Assert.Equal(["last snapshot||1 of 9", "within 1y||1 of all"], decisions[1].Reasons.Select(Describe));
    }

    [Fact]
    public void A_reason_has_the_period_and_tags_of_its_rule()
    {
        RetentionDecision[] decisions = Decide(new() { Within = Year, KeepTags = [["x"], ["a"]] }, null, SnapshotMaker.Make("2026-01-01T10:00", 1, "a"));
        Assert.Equal(["a"], decisions[0].Reasons[0].Tags);
        Assert.Equal(Year, decisions[0].Reasons[1].Period);
    }

    private static RetentionDecision[] Decide(RetentionPolicy policy, DateTimeOffset? now, params Snapshot[] snapshots) =>
        [.. RetentionPlanner.Plan(snapshots, policy, RetentionGrouping.Default, now).Groups.Single().Decisions];

    private static string Describe(RetentionReason reason) => $"{reason}|{reason.Bucket}|{reason.Number} of {reason.Limit?.ToString("D", null) ?? "all"}";
}
