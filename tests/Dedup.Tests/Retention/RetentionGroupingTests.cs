using Dedup.Retention;
using Dedup.Snapshots;
using Xunit;

namespace Dedup.Tests.Retention;

public sealed class RetentionGroupingTests
{
    private static readonly RetentionPolicy LastOne = new() { Last = 1 };

    [Theory]
    [InlineData("host,paths", "host,paths")]
    [InlineData("paths,host", "host,paths")]
    [InlineData("host,paths,tags", "host,paths,tags")]
    [InlineData("hosts,path,tag", "host,paths,tags")]
    [InlineData("tags", "tags")]
    [InlineData("", "")]
    [InlineData("host,,host", "host")]
    public void Restic_s_words_are_read_and_written(string text, string canonical)
    {
        Assert.True(RetentionGrouping.TryParse(text, out RetentionGrouping? grouping));
        Assert.Equal(canonical, grouping.ToString());
        Assert.True(RetentionGrouping.TryParse(canonical, out RetentionGrouping? again));
        Assert.Equal(grouping, again);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("host, paths")]
    [InlineData("Host")]
    [InlineData(null)]
    public void Other_words_are_refused(string? text) => Assert.False(RetentionGrouping.TryParse(text, out _));

    [Fact]
    public void The_default_is_by_host_and_paths() => Assert.Equal("host,paths", RetentionGrouping.Default.ToString());

    [Fact]
    public void Each_group_is_planned_by_itself()
    {
        Assert.Equal(["mopped [/home]: 2", "mopped [/srv]: 3", "other [/home]: 4"], PlanOfFive(RetentionGrouping.Default)
            .Groups.Select(static group => $"{group.Key.Host} [{string.Join(", ", group.Key.Paths!)}]: {Numbers(group)}"));
        Assert.Equal(["3", "4"], PlanOfFive(new() { Host = true }).Groups.Select(Numbers));
        Assert.Equal(["4", "3"], PlanOfFive(new() { Paths = true }).Groups.Select(Numbers));
        Assert.Equal(["3", "4"], PlanOfFive(new() { Tags = true }).Groups.Select(Numbers));
        Assert.Equal(["4"], PlanOfFive(RetentionGrouping.None).Groups.Select(Numbers));
    }

    [Fact]
    public void The_order_of_paths_and_tags_makes_no_other_group()
    {
        RetentionGrouping all = new() { Host = true, Paths = true, Tags = true };
        RetentionGroupKey key = all.KeyOf(Make(1, ["/b", "/a"], ["y", "x"]));
        RetentionGroupKey other = all.KeyOf(Make(2, ["/a", "/b"], ["x", "y"]));
        Assert.Equal(key, other);
        Assert.Equal(key.GetHashCode(), other.GetHashCode());
        Assert.Equal("host mopped, paths [/a, /b], tags [x, y]", key.ToString());
        Assert.NotEqual(key, all.KeyOf(Make(3, ["/a"], ["x", "y"])));
        Assert.NotEqual(key, all.KeyOf(Make(4, ["/a", "/b"], ["x"])));
        Assert.NotEqual(key, all.KeyOf(Make(5, ["/a", "/B"], ["x", "y"])));
        Assert.NotEqual(key, RetentionGrouping.Default.KeyOf(Make(6, ["/a", "/b"], ["x", "y"])));
    }

    [Fact]
    public void Words_do_not_run_into_each_other()
    {
        RetentionGrouping grouping = new() { Paths = true, Tags = true };
        Assert.NotEqual(grouping.KeyOf(Make(1, ["/a", "/b"], [])), grouping.KeyOf(Make(2, ["/a"], ["/b"])));
        Assert.NotEqual(grouping.KeyOf(Make(1, ["/a, /b"], [])), grouping.KeyOf(Make(2, ["/a", "/b"], [])));
    }

    [Fact]
    public void A_group_that_would_lose_all_says_so()
    {
        Snapshot[] snapshots = [Make(1, ["/a"], ["keep"]), Make(2, ["/b"], [])];
        RetentionPlan plan = RetentionPlanner.Plan(snapshots, new() { KeepTags = [["keep"]] }, RetentionGrouping.Default);
        Assert.Equal([true, false], plan.Groups.Select(static group => group.KeepsAny));
    }

    [Fact]
    public void No_snapshots_make_no_groups() => Assert.Empty(RetentionPlanner.Plan([], LastOne, RetentionGrouping.Default).Groups);

    private static RetentionPlan PlanOfFive(RetentionGrouping grouping) => RetentionPlanner.Plan(
        [
            Make(1, ["/home"], []),
            Make(2, ["/home"], ["a"]) with { Tags = [] },
            Make(3, ["/srv"], []),
            Make(4, ["/home"], ["a"]) with { Host = "other" },
            Make(0, ["/home"], ["a"]) with { Host = "other" },
        ],
        LastOne,
        grouping);

    private static string Numbers(RetentionGroup group) =>
        string.Join(' ', group.Decisions.Where(static decision => decision.Keep).Select(static decision => decision.Snapshot.Time.Day - 1));

    private static Snapshot Make(int day, string[] paths, string[] tags) =>
        SnapshotMaker.Make(RetentionCase.TimeOf("2026-01-01T10:00").AddDays(day), day, tags, paths: paths);
}
