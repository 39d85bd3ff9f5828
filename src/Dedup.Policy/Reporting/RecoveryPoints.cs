using Dedup.Evidence;

namespace Dedup.Policy.Reporting;

/// <summary>
/// Measures how much would have been lost. At a moment that is the time since the state that the last complete backup holds, which is when that backup began: so the loss
/// is greatest right before the next one is complete.
/// </summary>
internal static class RecoveryPoints
{
    /// <param name="known">All records until the end of the period, by time.</param>
    /// <param name="policies">The policies in force in the period.</param>
    /// <param name="policy">What is promised.</param>
    /// <param name="from">The first moment of the period.</param>
    /// <param name="to">Its end.</param>
    public static IReadOnlyList<SourceRecovery> Measure(
        EvidenceRecord[] known, IReadOnlyList<PolicyInForce> policies, PolicyDetails? policy, DateTimeOffset from, DateTimeOffset to)
    {
        ILookup<string, EvidenceRecord> backups = known.Where(static record => record.Action == EvidenceAction.Backup).ToLookup(NameOf, StringComparer.Ordinal);
        IEnumerable<string> named = (policy?.Sources ?? []).Select(static source => source.Name);
        IEnumerable<string> others = backups.Where(group => group.Any(record => record.Time >= from)).Select(static group => group.Key).Except(named).Order(StringComparer.Ordinal);
        return
        [
            .. (policy?.Sources ?? []).Select(source => Measure(source.Name, source, [.. backups[source.Name]], PromisedSince(policies, source.Name), from, to)),
            .. others.Select(name => Measure(name, null, [.. backups[name]], null, from, to)),
        ];
    }

    private static string NameOf(EvidenceRecord record) =>
        record.Details.FindText(EvidenceFields.Source) ?? $"{record.Details.FindText(EvidenceFields.Host) ?? record.Host}: {string.Join(' ', record.Details.FindTexts(EvidenceFields.Path))}".TrimEnd(':', ' ');

    /// <summary>Nothing is promised before the first policy of the period that names the source.</summary>
    private static DateTimeOffset? PromisedSince(IReadOnlyList<PolicyInForce> policies, string source) =>
        policies.FirstOrDefault(policy => policy.Details.Sources.Any(entry => entry.Name == source))?.Since;

    private static bool IsPoint(EvidenceRecord record) => record.Result is EvidenceResult.Success or EvidenceResult.Problems;

    /// <summary>The state that a backup holds.</summary>
    private static DateTimeOffset StateOf(EvidenceRecord record) =>
        record.Details.FindTime(EvidenceFields.SnapshotTime) is { } time && time <= record.Time ? time : record.Time;

    private static SourceRecovery Measure(
        string name, SourceObjectives? objectives, EvidenceRecord[] backups, DateTimeOffset? promisedSince, DateTimeOffset from, DateTimeOffset to)
    {
        EvidenceRecord[] points = [.. backups.Where(IsPoint)], period = [.. backups.Where(record => record.Time >= from)];

        // The time from which losses count: the beginning of the period, or later where nothing was promised, or backed up, before.
        DateTimeOffset since = Latest(from, promisedSince ?? points.FirstOrDefault()?.Time ?? from);
        (TimeSpan? worst, List<RecoveryGap> gaps) = MeasureLosses(points, objectives?.RecoveryPoint, promisedSince, since, to);
        TimeSpan whole = to - since, beyond = new(gaps.Sum(static gap => gap.Length.Ticks));
        return new SourceRecovery
        {
            Name = name,
            Objectives = objectives,
            Backups = period.Count(IsPoint),
            WithProblems = period.Count(static record => record.Result == EvidenceResult.Problems),
            Failed = period.Count(static record => !IsPoint(record)),
            Last = points.Length > 0 ? points.Max(StateOf) : null,
            WorstLoss = worst,
            ShareWithinObjective = objectives?.RecoveryPoint is null ? null : whole > TimeSpan.Zero ? 1 - (beyond / whole) : 1,
            Gaps = gaps,
        };
    }

    private static (TimeSpan? Worst, List<RecoveryGap> Gaps) MeasureLosses(
        EvidenceRecord[] points, TimeSpan? objective, DateTimeOffset? promisedSince, DateTimeOffset since, DateTimeOffset to)
    {
        List<RecoveryGap> gaps = [];
        TimeSpan worst = TimeSpan.Zero;

        // The state held at each moment: from one complete backup to the next, and before the first as if all had been saved when it was promised. A backup that began
        // earlier than another one never takes its place.
        DateTimeOffset? state = null;
        DateTimeOffset begin = since;
        foreach ((DateTimeOffset until, DateTimeOffset? next) in points.Select(static point => (point.Time, (DateTimeOffset?)StateOf(point))).Append((to, null)))
        {
            if (until > begin || (next is null && until >= begin))
            {
                DateTimeOffset held = state ?? promisedSince ?? since;
                worst = until - held > worst ? until - held : worst;
                if (objective is { } allowed && Latest(held + allowed, begin) is var passed && passed < until)
                {
                    gaps.Add(new RecoveryGap(passed, until));
                }

                begin = until;
            }

            state = next is { } newer && !(state >= newer) ? newer : state;
        }

        return (points.Length > 0 ? worst : null, gaps);
    }

    private static DateTimeOffset Latest(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
