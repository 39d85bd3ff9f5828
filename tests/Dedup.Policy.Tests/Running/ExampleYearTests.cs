using Dedup.Evidence;
using Dedup.Policy.Documents;
using Dedup.Policy.Reporting;
using Dedup.Snapshots;
using Xunit;

namespace Dedup.Policy.Tests.Running;

/// <summary>
/// The policies of docs/examples do over a year what their documents demand: REQ-047 asks for daily backups, 30 daily and 12 monthly, a copy elsewhere and a
/// monthly restore test; the vendor for 14 daily, 8 weekly, 6 monthly and 1 yearly, copies that lose no file, and a weekly image of the server. The machine is
/// off three times.
/// </summary>
/// <remarks>
/// In the year, what comes every 15 minutes, every hour or every 6 hours comes twice a day instead, and nothing is put off by its jitter, so that more falls into one
/// run: all of it would be 35,000 backups, and half an hour. Checks come weekly: each verifies all evidence there is. The nights in which the clock changes are lived through with the text as it stands.
/// </remarks>
public sealed class ExampleYearTests
{
    private const string Requirement = "req-047", Vendor = "saas-vendor";

    // By the documents: the last of each of so many days, weeks, months and years. Of the customers' documents nothing is ever forgotten.
    private static readonly DemandedRules Required = new(30, 0, 12, 0), Promised = new(14, 8, 6, 1), Images = new(0, 8, 0, 0);

    [Fact]
    public async Task The_requirement_is_met_on_every_day_of_a_year()
    {
        using ExampleYear year = await ExampleYear.MakeAsync(Requirement, ("schedule: hourly", "schedule: every 12h"), ("every 6h", "every 12h"), (", jitter: 10m", ""), ("daily at 06:00", "weekly on monday at 06:00"));
        Dictionary<string, DemandedRules> demands = new() { ["database"] = Required, ["files"] = Required, ["configuration"] = Required };
        EvidenceReport report = await LiveAsync(year, demands);

        // Each time off is a gap of each source: from 24 hours after the last backup before until the machine is on.
        Assert.All(report.Sources, source => AssertGaps(year, source, TimeSpan.FromHours(24)));
        Assert.All(report.Sources, static source => Assert.Equal((TimeSpan.FromHours(24), TimeSpan.FromHours(4)), (source.Objectives!.RecoveryPoint!.Value, source.Objectives.RecoveryTime!.Value)));
        Assert.Equal(report.Drills.Count, report.DrillsWithinObjective);
        Assert.Equal("/etc/dedup/recovery-code", Assert.Single(year.DrillKeys).Value);

        // Mails go out after each time off, and for nothing else.
        Assert.Equal(year.Off.Count, year.MailLines.Count(static line => line.StartsWith("Subject: REQ-047", StringComparison.Ordinal)));
        foreach (SourcePolicy source in year.Policy.Sources)
        {
            IEnumerable<int> told = year.MailLines.Where(line => line.StartsWith(source.Name + ": ", StringComparison.Ordinal)).Select(static line => int.Parse(line.Split(' ')[1], null));
            Assert.Equal(year.Expect(source.Schedule!, source.Name, year.Begin, year.End).Missed, told.Sum());
        }
    }

    [Fact]
    public async Task The_vendors_promise_is_kept_on_every_day_of_a_year()
    {
        using ExampleYear year = await ExampleYear.MakeAsync(Vendor, ("schedule: every 15m", "schedule: every 12h"), (", jitter: 15m", ""), ("daily at 06:00", "weekly on monday at 06:00"));
        Dictionary<string, DemandedRules> demands = new() { ["database"] = Promised, ["files"] = Promised, ["server"] = Images };
        EvidenceReport report = await LiveAsync(year, demands);
        Assert.All(report.Sources, static source => Assert.Empty(source.Gaps));

        // A snapshot of the volume is there for each image of the server, and only as long.
        int images = report.Sources.Single(static source => source.Name == "server").Backups;
        Assert.InRange(images, 51, 54);
        Assert.Equal(
            Enumerable.Repeat((string[])["lvcreate --snapshot --size 10G --name root-backup vg0/root", "lvremove --yes vg0/root-backup"], images).SelectMany(static calls => calls),
            year.HookCalls);
    }

    /// <summary>The text as it stands, over the days on which summer time begins and ends: each quarter of an hour has its backup, once, and the replica has it too.</summary>
    [Theory]
    [InlineData(Requirement, 3, 28, 1)]
    [InlineData(Requirement, 10, 24, 2)]
    [InlineData(Vendor, 3, 28, 1)]
    [InlineData(Vendor, 10, 24, 2)]
    public async Task What_comes_all_the_time_comes_all_the_time(string name, int month, int day, int offset)
    {
        using ExampleYear year = await ExampleYear.MakeAsync(name);
        DateTimeOffset from = ExampleYear.At(month, day, 20, 0, offset), to = from.AddHours(9);
        await year.LiveAsync(from, to, static report => Assert.True(report.IsClean, string.Join('\n', report.Steps)), static () => Task.CompletedTask, isAlwaysOn: true);
        EvidenceReport report = (await year.ReportAsync(from, to)).Report;
        HashSet<DateTimeOffset> moments = [];
        foreach (SourcePolicy source in year.Policy.Sources)
        {
            DateTimeOffset[] runs = [from, .. source.Schedule!.Upcoming(source.Name, from, int.MaxValue).TakeWhile(time => time < to)];
            moments.UnionWith(runs);
            Assert.Equal(runs.Length, report.Sources.Single(recovery => recovery.Name == source.Name).Backups);
            Assert.Equal(0, year.StateOf(source.Name).Missed);
        }

        ReplicaPolicy replica = year.Policy.Repositories[0].Replicas[0];
        moments.UnionWith(replica.Schedule!.Upcoming(replica.Name, from, int.MaxValue).TakeWhile(time => time < to));
        Assert.Equal(moments.Count, report.Copies.Single(static copy => copy.IsReplica).Runs);
        Assert.Equal(name == Vendor ? 36 : 2, report.Sources.Single(static source => source.Name is "documents" or "configuration").Backups);
        Assert.Empty(year.DeletedInReplicas);
        Assert.True(year.Status().IsWell);
    }

    /// <summary>Lives through the year and asserts what holds for both policies.</summary>
    private static async Task<EvidenceReport> LiveAsync(ExampleYear year, Dictionary<string, DemandedRules> demands)
    {
        Dictionary<string, List<DateTimeOffset>> made = year.Policy.Sources.ToDictionary(static source => source.Name, source => year.Expect(source.Schedule!, source.Name, year.Begin, year.End).Runs);
        int days = 0;
        await year.LiveAsync(year.Begin, year.End, static report => Assert.True(report.IsClean, string.Join('\n', report.Steps)), DayEndsAsync);
        Assert.Equal(365, days);

        RepositoryPolicy repository = year.Policy.Repositories[0];
        ReplicaPolicy replica = Assert.Single(repository.Replicas);
        (EvidenceReport report, IReadOnlyList<EvidenceRecord> records) = await year.ReportAsync(year.Begin, year.End);
        Assert.True(report.Verification.IsIntact && report.Verification.IsComplete, string.Join('\n', report.Verification.Findings));
        Assert.Equal(0, report.LateRecords);
        int forgotten = 0;
        foreach (SourcePolicy source in year.Policy.Sources)
        {
            SourceRecovery recovery = report.Sources.Single(candidate => candidate.Name == source.Name);
            Assert.Equal((made[source.Name].Count, 0, 0), (recovery.Backups, recovery.Failed, recovery.WithProblems));
            Assert.Equal(WorstLoss(made[source.Name], year.End), recovery.WorstLoss);
            Assert.Equal(year.Expect(source.Schedule!, source.Name, year.Begin, year.End).Missed, year.StateOf(source.Name).Missed);
            forgotten += demands.TryGetValue(source.Name, out DemandedRules? demand) ? made[source.Name].Count - demand.Of(made[source.Name]).Count() : 0;
            AssertDrills(year, source, report);
        }

        HashSet<DateTimeOffset> synchronised = [.. made.Values.SelectMany(static times => times), .. year.Expect(replica.Schedule!, replica.Name, year.Begin, year.End).Runs];
        Dictionary<EvidenceAction, int> expected = new()
        {
            [EvidenceAction.Backup] = made.Values.Sum(static times => times.Count),
            [EvidenceAction.Forget] = forgotten,
            [EvidenceAction.Prune] = year.Expect(repository.Prune.Schedule!, repository.Name, year.Begin, year.End).Runs.Count,
            [EvidenceAction.Check] = year.Expect(repository.Check.Schedule!, repository.Name, year.Begin, year.End).Runs.Count,
            [EvidenceAction.Replicate] = synchronised.Count,
            [EvidenceAction.Drill] = report.Drills.Count,
            [EvidenceAction.Policy] = 1,
        };
        Assert.Equal(
            expected.Select(static count => (count.Key, count.Value)).Order(), report.Actions.Select(static count => (count.Action, count.Count)).Order());
        Assert.All(report.Actions, static count => Assert.Equal(EvidenceResult.Success, count.Result));
        Assert.Equal(expected.Values.Sum(), records.Count);
        Assert.True(report.Reading.IsWithin);

        // The replica is up to date, and lost nothing: what was forgotten and pruned here is there still.
        CopyPlace copy = report.Copies.Single(static place => place.IsReplica);
        Assert.Equal((synchronised.Count, 0, 0L), (copy.Runs, copy.Failures, copy.SnapshotsBehind!.Value));
        Assert.Empty(year.DeletedInReplicas);
        Assert.True(report.BytesFreed > 0);
        HashSet<string> here = await year.ObjectsAsync("packs"), there = await year.ObjectsAsync("packs", replica.Place);
        Assert.ProperSubset(there, here);
        Assert.Equal(expected[EvidenceAction.Backup], (await year.ObjectsAsync("snapshots", replica.Place)).Count);
        Assert.True(year.Status().IsWell);
        return report;

        async Task DayEndsAsync()
        {
            days++;
            ILookup<string, Snapshot> present = await year.SnapshotsAsync();
            foreach ((string source, List<DateTimeOffset> times) in made)
            {
                DateTimeOffset[] until = [.. times.TakeWhile(time => time <= year.Time.Now)];
                IEnumerable<DateTimeOffset> demanded = demands.TryGetValue(source, out DemandedRules? demand) ? demand.Of(until) : until;
                Assert.Equal(demanded.ToArray(), present[source].Select(static snapshot => snapshot.Time).Order());
            }
        }
    }

    /// <summary>A drill each month of each source that has some, from where the policy says; and one at once, as none was there yet.</summary>
    private static void AssertDrills(ExampleYear year, SourcePolicy source, EvidenceReport report)
    {
        DrillOutcome[] drills = [.. report.Drills.Where(drill => drill.Source == source.Name)];
        List<DateTimeOffset> expected = source.Drill is null ? [] : year.Expect(source.Drill.Schedule, source.Name, year.Begin, year.End).Runs;

        // A drill is on record as of its end: what it took itself was real time.
        Assert.Equal(expected, drills.Select(static drill => drill.Time.AddTicks(-(drill.Time.Ticks % TimeSpan.TicksPerMinute))));
        Assert.Equal(source.Drill is null ? 0 : 13, drills.Length);
        RepositoryPolicy repository = year.Policy.RepositoryOf(source);
        string place = repository.Replicas.FirstOrDefault(replica => replica.Name == source.Drill?.Replica)?.Place ?? repository.Place;
        Assert.All(drills, drill => Assert.Equal((place, EvidenceResult.Success), (drill.Details.Place, drill.Result)));
    }

    private static void AssertGaps(ExampleYear year, SourceRecovery source, TimeSpan objective)
    {
        DateTimeOffset[] made = [.. year.Expect(year.Policy.Sources.Single(policy => policy.Name == source.Name).Schedule!, source.Name, year.Begin, year.End).Runs];
        IEnumerable<RecoveryGap> expected = made.Zip(made.Skip(1)).Where(pair => pair.Second - pair.First > objective).Select(pair => new RecoveryGap(pair.First + objective, pair.Second));
        Assert.Equal(expected, source.Gaps);
        Assert.Equal(year.Off.Select(static off => off.To), source.Gaps.Select(static gap => gap.To));
        Assert.Equal(1 - (source.Gaps.Sum(static gap => gap.Length.TotalHours) / (365 * 24)), source.ShareWithinObjective!.Value, 9);
    }

    private static TimeSpan WorstLoss(List<DateTimeOffset> made, DateTimeOffset end) => made.Zip(made.Skip(1).Append(end)).Max(static pair => pair.Second - pair.First);
}
