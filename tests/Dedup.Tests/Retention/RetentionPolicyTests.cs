using Dedup.Retention;
using Dedup.Snapshots;
using Xunit;

namespace Dedup.Tests.Retention;

public sealed class RetentionPolicyTests
{
    [Fact]
    public void A_policy_without_a_rule_is_empty()
    {
        Assert.True(new RetentionPolicy().IsEmpty);
        Assert.True(new RetentionPolicy { Last = 0, Daily = 0, Within = default(RetentionPeriod), WithinYearly = new RetentionPeriod() }.IsEmpty);
        Assert.False(new RetentionPolicy { Yearly = 1 }.IsEmpty);
        Assert.False(new RetentionPolicy { Hourly = RetentionPolicy.All }.IsEmpty);
        Assert.False(new RetentionPolicy { WithinYearly = new RetentionPeriod(hours: 1) }.IsEmpty);
        Assert.False(new RetentionPolicy { KeepTags = [["a"]] }.IsEmpty);
    }

    // [forget] https://restic.readthedocs.io/en/stable/060_forget.html: "restic refuses to act on an empty policy"
    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public void An_empty_policy_is_refused_rather_than_that_all_is_forgotten(int? last)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => RetentionPlanner.Plan([], new RetentionPolicy { Last = last }, RetentionGrouping.Default));
        Assert.Contains("forget every snapshot", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_given_twice_is_refused_since_it_could_be_kept_and_forgotten()
    {
        Snapshot[] twice = [SnapshotMaker.Make("2026-01-01T10:00", 1), SnapshotMaker.Make("2026-01-02T10:00", 1)];
        Assert.Throws<ArgumentException>(() => RetentionPlanner.Plan(twice, new RetentionPolicy { Last = 1 }, RetentionGrouping.Default));
    }

    [Fact]
    public void A_count_is_a_number_or_all()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new RetentionPolicy { Last = -2 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new RetentionPolicy { Yearly = int.MinValue });
        Assert.Equal(-1, new RetentionPolicy { Last = RetentionPolicy.All }.Last);
    }

    [Fact]
    public void A_list_of_tags_that_could_keep_all_by_mistake_is_refused()
    {
        Assert.Throws<ArgumentException>(static () => new RetentionPolicy { KeepTags = [[]] });
        Assert.Throws<ArgumentException>(static () => new RetentionPolicy { KeepTags = [["a"], ["", "a"]] });
    }

    [Fact]
    public void Lists_of_tags_are_the_policy_s_own()
    {
        string[] tags = ["a"];
        RetentionPolicy policy = new() { KeepTags = [tags] };
        tags[0] = "b";
        Assert.Equal(["a"], policy.KeepTags[0]);
    }

    [Fact]
    public void A_policy_says_what_it_keeps()
    {
        Assert.Equal("nothing", new RetentionPolicy { Last = 0 }.ToString());
        Assert.Equal("30 daily, 12 monthly", RetentionPresets.Daily30Monthly12.ToString());
        Assert.Equal(
            "1 last, all yearly, within 1y, daily within 7d, tags [a, b], tags [c]",
            new RetentionPolicy
            {
                Last = 1,
                Yearly = RetentionPolicy.All,
                Within = new RetentionPeriod(years: 1),
                WithinDaily = new RetentionPeriod(days: 7),
                KeepTags = [["a", "b"], ["c"]],
            }.ToString());
    }

    [Fact]
    public void The_presets_are_found_by_name()
    {
        Assert.Equal(["30d-12m", "14d-8w-6m-1y"], RetentionPresets.Names);
        Assert.All(RetentionPresets.Names, static name => Assert.True(RetentionPresets.TryGet(name, out _)));
        Assert.True(RetentionPresets.TryGet("30d-12m", out RetentionPolicy? policy));
        Assert.Equal(new RetentionPolicy { Daily = 30, Monthly = 12 }.ToString(), policy.ToString());
        Assert.Equal("14 daily, 8 weekly, 6 monthly, 1 yearly", RetentionPresets.Daily14Weekly8Monthly6Yearly1.ToString());
        Assert.False(RetentionPresets.TryGet("30D-12M", out _));
        Assert.False(RetentionPresets.TryGet(null, out _));
    }

    /// <summary>
    /// The example of https://restic.readthedocs.io/en/stable/060_forget.html: a backup a day for 100 years and 7 daily, 5 weekly, 12 monthly,
    /// 75 yearly keep 7 days, 4 more ends of weeks, 12 or 11 ends of months, and 75 or 74 ends of years.
    /// </summary>
    [Fact]
    public void A_hundred_years_of_daily_backups_come_down_to_96()
    {
        DateTimeOffset first = RetentionCase.TimeOf("1924-01-01T23:00");
        DateTimeOffset sunday = RetentionCase.TimeOf("2023-12-31T23:00");
        Snapshot[] daily = [.. Enumerable.Range(0, (sunday - first).Days + 1).Select(day => SnapshotMaker.Make(first.AddDays(day), day))];
        Snapshot[] kept = [.. RetentionPlanner.Plan(daily, new() { Daily = 7, Weekly = 5, Monthly = 12, Yearly = 75 }, RetentionGrouping.Default).Kept];
        Assert.Equal(7 + 4 + 11 + 74, kept.Length);
        Assert.Equal(75, kept.Count(static snapshot => snapshot.Time is { Month: 12, Day: 31 }));
    }
}
