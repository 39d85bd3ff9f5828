using System.Text;
using Dedup.Retention;
using Dedup.Snapshots;

namespace Dedup.Fuzz;

/// <summary>
/// Retention: periods as restic writes them, and plans for snapshots of whatever times. The input is a policy, a moment that counts as now, snapshots,
/// and the text of a period.
/// </summary>
internal sealed class RetentionFuzzer() : Fuzzer("retention")
{
    private const int MaxSnapshots = 12;

    public override int MaxLength => 512;

    public override IEnumerable<byte[]> Seeds => [Script("1y5m7d2h", 3, 1_700_000_000_000_000_000, 1_700_003_600_000_000_000), Script("2147483647y", 0, long.MinValue, 0, long.MaxValue), Script("0h", 1)];

    public override IReadOnlyList<byte[]> Words { get; } = ["2147483647"u8.ToArray(), "y"u8.ToArray(), "m"u8.ToArray(), "d"u8.ToArray(), "h"u8.ToArray(), BitConverter.GetBytes(long.MinValue), BitConverter.GetBytes(long.MaxValue)];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        InputReader script = new(input);
        int last = script.Byte() % 4, daily = (script.Byte() % 5) - 1;
        bool hasNow = (script.Byte() & 1) == 1;
        DateTimeOffset now = UnixTime.ToDateTimeOffset(script.Long());
        List<Snapshot> snapshots = [];
        for (int left = script.Below(MaxSnapshots); left > 0; left--)
        {
            TimeSpan offset = TimeSpan.FromMinutes(((script.Short() & 0x7FFF) % 1681) - 840);
            byte[] id = new byte[SnapshotId.Length];
            id[0] = (byte)(left + 1);
            snapshots.Add(new Snapshot { Id = new SnapshotId(id), Time = UnixTime.ToDateTimeOffset(script.Long(), offset), Tree = default, Host = left % 3 == 0 ? "a" : "b", Paths = [], Tags = left % 2 == 0 ? ["tag"] : [] });
        }

        bool isPeriod = RetentionPeriod.TryParse(Encoding.UTF8.GetString(script.Rest), out RetentionPeriod period);
        if (isPeriod)
        {
            RequirePeriod(period, [now, .. snapshots.Select(static snapshot => snapshot.Time)]);
        }

        RetentionPolicy policy = new() { Last = last, Daily = daily, Hourly = 1, WithinWeekly = period, Within = snapshots.Count > 6 ? period : null };
        RetentionPlan plan = RetentionPlanner.Plan(snapshots, policy, RetentionGrouping.Default, hasNow ? now : null);
        RequirePlan(plan, snapshots, last);
        return Outcome.Accepted(plan.Kept.Count(), plan.Forgotten.Count(), isPeriod ? 1 : 0, hasNow ? 1 : 0, last);
    }

    private static void RequirePeriod(RetentionPeriod period, IEnumerable<DateTimeOffset> times)
    {
        PropertyException.Require(RetentionPeriod.TryParse(period.ToString(), out RetentionPeriod again) && again == period, "a period is read as another one");
        foreach (DateTimeOffset time in times)
        {
            PropertyException.Require(period.Before(time) <= time, "a period before a moment is after it");
        }
    }

    private static void RequirePlan(RetentionPlan plan, List<Snapshot> snapshots, int last)
    {
        IEnumerable<SnapshotId> decided = plan.Kept.Concat(plan.Forgotten).Select(static snapshot => snapshot.Id);
        PropertyException.Require(snapshots.Select(static snapshot => snapshot.Id).ToHashSet().SetEquals(decided) && decided.Count() == snapshots.Count, "not every snapshot is decided once");
        PropertyException.Require(plan.ToString().Length > 0, "a plan without a text");
        foreach (RetentionGroup group in plan.Groups)
        {
            PropertyException.Require(group.Decisions.Take(last).All(static decision => decision.Keep), "one of the newest snapshots is forgotten");
        }
    }

    private static byte[] Script(string period, byte last, params long[] times) =>
    [
        last, 2, 1, .. BitConverter.GetBytes(1_700_000_000_000_000_000), (byte)times.Length,
        .. times.SelectMany(static time => (byte[])[0, 4, .. BitConverter.GetBytes(time)]), .. Encoding.UTF8.GetBytes(period),
    ];
}
