using Dedup.Policy.Documents;
using Dedup.Policy.Reading;
using Dedup.Policy.Scheduling;
using Dedup.Retention;
using Dedup.Snapshots;
using Xunit;

namespace Dedup.Policy.Tests;

/// <summary>The policies of docs/examples are without mistakes, and keep exactly what their documents demand.</summary>
public sealed class ExamplePolicyTests
{
    private const string Requirement = "req-047", Vendor = "saas-vendor";

    public static TheoryData<string> Examples => [.. Directory.GetFiles(Path.Combine(PolicyFiles.Root, "docs/examples"), "*.yaml").Select(static path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Is_without_mistakes_and_warnings(string name) => Assert.NotNull(Read(name));

    [Fact]
    public void The_requirement_has_its_objectives_and_monthly_drills()
    {
        BackupPolicy policy = Read(Requirement);
        Assert.All(policy.Sources, static source =>
        {
            Assert.Equal(new Objectives(TimeSpan.FromHours(24), TimeSpan.FromHours(4)), source.Objectives);
            Assert.InRange(source.Schedule!.Timetable.Gaps(Coherence.Reference).Longest, TimeSpan.Zero, TimeSpan.FromHours(23));
            Assert.Equal(12, RunsOf2026(source.Drill!.Schedule, source.Name).Select(static time => time.Month).Distinct().Count());
            Assert.NotEmpty(source.Drill.Replica ?? source.Repository);
        });
        Assert.Equal(["postgresql", "paths", "git"], policy.Sources.Select(static source => source.Content.Kind));
        Assert.All(Assert.Single(policy.Repositories).Replicas, static replica => Assert.False(replica.MayDelete));
    }

    [Fact]
    public void The_vendor_synchronises_all_the_time_deletes_nothing_and_images_its_server_weekly()
    {
        BackupPolicy policy = Read(Vendor);
        ReplicaPolicy replica = Assert.Single(Assert.Single(policy.Repositories).Replicas);
        Assert.False(replica.MayDelete);
        Assert.Equal(TimeSpan.FromMinutes(15), replica.Schedule!.Timetable.Gaps(Coherence.Reference).Longest);
        Assert.Null(policy.Sources.Single(static source => source.Name == "documents").Retention);
        Assert.Equal(52, RunsOf2026(policy.Sources.Single(static source => source.Content is DiskImageContent).Schedule!, "server").Count());
    }

    [Theory]
    [InlineData(Requirement, "database", 4)]
    [InlineData(Requirement, "files", 2)]
    [InlineData(Requirement, "configuration", 2)]
    [InlineData(Vendor, "database", 1)]
    [InlineData(Vendor, "files", 1)]
    public void Every_day_of_the_year_has_its_backups(string policy, string source, int count)
    {
        IEnumerable<IGrouping<DateOnly, DateTimeOffset>> days = RunsOf2026(Source(policy, source).Schedule!, source).GroupBy(static time => DateOnly.FromDateTime(time.DateTime)).ToList();
        Assert.Equal(365, days.Count());
        Assert.All(days, day => Assert.Equal(count, day.Count()));
    }

    /// <summary>After each day of a year, with some days on which the machine was off: what stays is what the documents demand, day by day.</summary>
    [Theory]
    [InlineData(Requirement, "database", 30, 0, 12, 0)]
    [InlineData(Requirement, "files", 30, 0, 12, 0)]
    [InlineData(Vendor, "database", 14, 8, 6, 1)]
    [InlineData(Vendor, "files", 14, 8, 6, 1)]
    public void At_every_days_end_exactly_what_is_demanded_is_kept(string policy, string source, int daily, int weekly, int monthly, int yearly)
    {
        SourcePolicy what = Source(policy, source);
        ILookup<DateOnly, DateTimeOffset> runs = RunsOf2026(what.Schedule!, source).ToLookup(static time => DateOnly.FromDateTime(time.DateTime));
        List<Snapshot> present = [];
        List<DateTimeOffset> made = [];
        for (DateOnly day = new(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
        {
            // Two days in March and all of the first week of August nothing runs.
            bool isOff = day is { Month: 3, Day: 7 or 29 } or { Month: 8, Day: <= 7 };
            foreach (DateTimeOffset time in isOff ? [] : runs[day])
            {
                made.Add(time);
                present.Add(SnapshotOf(made.Count, time));
                RetentionPlan plan = RetentionPlanner.Plan(present, what.Retention!, RetentionGrouping.None, time);
                present = [.. plan.Kept];
            }

            Assert.Equal(Demand.Of(made, daily, weekly, monthly, yearly), present.Select(static snapshot => snapshot.Time).Order());
        }

        Assert.InRange(present.Count, daily + monthly - 2, daily + weekly + monthly + yearly);
    }

    private static Snapshot SnapshotOf(int number, DateTimeOffset time)
    {
        byte[] id = new byte[SnapshotId.Length];
        BitConverter.TryWriteBytes(id, number);
        return new Snapshot { Id = new SnapshotId(id), Time = time, Tree = default, Host = "app1", Paths = ["/srv"] };
    }

    private static IEnumerable<DateTimeOffset> RunsOf2026(Schedule schedule, string name)
    {
        DateTimeOffset begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(1));
        return schedule.Upcoming(name, begin.AddTicks(-1), int.MaxValue).TakeWhile(time => time < begin.AddYears(1));
    }

    private static SourcePolicy Source(string policy, string source) => Read(policy).Sources.Single(candidate => candidate.Name == source);

    private static BackupPolicy Read(string name)
    {
        PolicyReading reading = PolicyFile.Read(Path.Combine(PolicyFiles.Root, "docs/examples", name + ".yaml"));
        Assert.Empty(reading.Mistakes);
        return reading.Policy!;
    }
}
