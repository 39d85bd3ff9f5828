using Dedup.Policy.Running;
using Dedup.Storage;
using Xunit;

namespace Dedup.Policy.Tests.Running;

/// <summary>A year of a policy as REQ-047 and the SaaS vendor demand it, on real repositories and by a clock of the test's own.</summary>
public sealed class SimulatedYearTests
{
    [Theory]
    [InlineData("30 daily + 12 monthly", 30, 0, 12, 0)]
    [InlineData("14 daily + 8 weekly + 6 monthly + 1 yearly", 14, 8, 6, 1)]
    public async Task A_year_of_daily_backups_keeps_what_is_demanded_and_its_replica_loses_nothing(string retention, int daily, int weekly, int monthly, int yearly)
    {
        using RunnerTrial trial = await RunnerTrial.MakeAsync(
            $"sources:\n  documents: {{paths: /srv/documents, schedule: daily at 02:00, retention: {retention}, objectives: {{rpo: 25h}}}}\n",
            "    prune: {schedule: monthly on 1 at 03:00}\n    check: {schedule: monthly on 15 at 06:00, read-within: 90d}\n    replicas: {copy: {place: /mnt/copy}}\n");
        List<DateTimeOffset> made = [];
        HashSet<string> replicated = [];
        int missed = 0, gaps = 0;
        for (DateOnly day = new(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
        {
            trial.Time.Now = TimeZoneInfo.ConvertTime(new DateTimeOffset(day.ToDateTime(new TimeOnly(6, 0)), TimeSpan.Zero), trial.Policy.Zone);

            // The machine is off on two single days and for a week.
            if (day is { Month: 3, Day: 7 or 29 } or { Month: 8, Day: <= 7 })
            {
                continue;
            }

            gaps += made.Count > 0 && PolicyStatus.Read(trial.Policy, trial.States, trial.Time.Now).Sources[0].Age > TimeSpan.FromHours(30) ? 1 : 0;
            RunReport report = await trial.Runner().RunDueAsync([], CancellationToken.None);
            Assert.True(report.IsClean, string.Join('\n', report.Steps));
            missed += report.Missed.Values.Sum();
            made.Add(trial.Time.Now);
            if (day.Day is 1 or 15 or 28)
            {
                Assert.Equal(Demand.Of(made, daily, weekly, monthly, yearly), (await trial.SnapshotsAsync()).Select(static snapshot => snapshot.Time));
            }
        }

        Assert.Equal(Demand.Of(made, daily, weekly, monthly, yearly), (await trial.SnapshotsAsync()).Select(static snapshot => snapshot.Time));
        Assert.Equal((365 - 9, 9, 3), (made.Count, missed, gaps));
        Assert.Equal(9, trial.States.ReadSource("documents").Missed);

        // Every snapshot ever made is in the replica, which nothing was deleted from.
        await foreach (ObjectInfo info in trial.Replica.ListAsync("snapshots", CancellationToken.None))
        {
            replicated.Add(info.Name.Value);
        }

        Assert.True(replicated.Count >= made.Count);
        Assert.True(PolicyStatus.Read(trial.Policy, trial.States, trial.Time.Now).IsWell);
    }
}
