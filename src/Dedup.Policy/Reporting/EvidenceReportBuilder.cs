using Dedup.Evidence;

namespace Dedup.Policy.Reporting;

/// <summary>Makes a report of records. A pure function: the same records give the same report.</summary>
public static class EvidenceReportBuilder
{
    /// <summary>Makes a report.</summary>
    /// <exception cref="ArgumentException">The period ends before it begins.</exception>
    public static EvidenceReport Build(EvidenceReportInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DateTimeOffset to = input.To < input.Now ? input.To : input.Now;
        if (to < input.From)
        {
            throw new ArgumentException($"the period ends before it begins: {input.From:u} to {to:u}", nameof(input));
        }

        // What was done on the last day of the period is in it; what came later is not known yet.
        EvidenceRecord[] known = [.. input.Records.Where(record => record.Time <= to)];
        EvidenceRecord[] period = [.. known.Where(record => record.Time >= input.From)];
        IReadOnlyList<PolicyInForce> policies = FindPolicies(known, input.From);
        PolicyDetails? policy = input.Objectives ?? (policies is [.., PolicyInForce last] ? last.Details : null);
        return new EvidenceReport
        {
            Repository = input.Repository,
            Location = input.Location,
            From = input.From,
            To = to,
            Made = input.Now,
            Policies = policies,
            Sources = RecoveryPoints.Measure(known, policies, policy, input.From, to),
            Drills = [.. period.Where(static record => record.Action == EvidenceAction.Drill).Select(record => ToDrill(record, policy))],
            Copies = CopyPlaces.Find(known, policy, input.From),
            Reading = FindReading(known, period, policy, to),
            Forgotten = [.. period.Where(static record => record.Action == EvidenceAction.Forget && record.Result == EvidenceResult.Success).Select(ToForgotten)],
            BytesFreed = period.Where(static record => record.Action == EvidenceAction.Prune).Sum(static record => record.Details.FindNumber(EvidenceFields.BytesFreed) ?? 0),
            Keys = [.. period.Select(ToKeyEvent).OfType<KeyEvent>()],
            Actions =
            [
                .. period.GroupBy(static record => (record.Action, record.Result)).OrderBy(static group => group.Key)
                    .Select(static group => new ActionCount(group.Key.Action, group.Key.Result, group.Count())),
            ],
            Verification = input.Verification,
            DoubtfulTimes = period.Count(static record => record.IsClockDoubtful),
            LateRecords = period.Count(static record => record.IsLate),
        };
    }

    /// <summary>The policy that was in force when the period began, and those that came into force in it.</summary>
    private static List<PolicyInForce> FindPolicies(EvidenceRecord[] known, DateTimeOffset from)
    {
        List<PolicyInForce> all = [];
        foreach (EvidenceRecord record in known)
        {
            if (record.Result == EvidenceResult.Success && PolicyDetails.TryRead(record) is { } details)
            {
                all.Add(new PolicyInForce(record.Time, record.Object, record.Actor, details));
            }
        }

        int first = all.FindLastIndex(policy => policy.Since <= from);
        return first > 0 ? all[first..] : all;
    }

    private static DrillOutcome ToDrill(EvidenceRecord record, PolicyDetails? policy)
    {
        DrillDetails details = DrillDetails.TryRead(record)!;
        TimeSpan? objective = details.Objective ?? policy?.Sources.FirstOrDefault(source => source.Name == record.Object)?.RecoveryTime;
        return new DrillOutcome(record.Time, record.Object, record.Result, details, objective);
    }

    private static ReadingState FindReading(EvidenceRecord[] known, EvidenceRecord[] period, PolicyDetails? policy, DateTimeOffset to)
    {
        EvidenceRecord[] checks = [.. period.Where(static record => record.Action == EvidenceAction.Check)];
        EvidenceRecord? last = known.LastOrDefault(static record => record.Action == EvidenceAction.Check && record.Details.FindNumber(EvidenceFields.PacksNeverRead) is not null);
        DateTimeOffset? oldest = last?.Details.FindTime(EvidenceFields.OldestRead);
        return new ReadingState(
            checks.Length,
            checks.Count(static record => record.Result != EvidenceResult.Success),
            checks.Sum(static record => record.Details.FindNumber(EvidenceFields.BytesRead) ?? 0),
            last?.Details.FindNumber(EvidenceFields.PacksNeverRead),
            oldest,
            to - oldest,
            policy?.ReadWithin);
    }

    private static ForgottenEntry ToForgotten(EvidenceRecord record) => new(
        record.Time,
        record.Object,
        record.Details.FindTime(EvidenceFields.SnapshotTime),
        record.Details.FindText(EvidenceFields.Host) ?? "",
        record.Actor,
        record.Details.FindText(EvidenceFields.Reason) ?? "");

    private static KeyEvent? ToKeyEvent(EvidenceRecord record) => record.Action switch
    {
        EvidenceAction.KeyAdd or EvidenceAction.KeyRemove or EvidenceAction.KeyTest =>
            new KeyEvent(record.Time, record.Action, Describe(record), record.Result, record.Actor),

        // A drill that could be opened has tried its key, whatever then became of the restore.
        EvidenceAction.Drill when DrillDetails.TryRead(record) is { KeySlot.Length: > 0 } drill =>
            new KeyEvent(record.Time, record.Action, drill.KeySlot, EvidenceResult.Success, record.Actor),
        _ => null,
    };

    private static string Describe(EvidenceRecord record)
    {
        const int shortId = 8;
        string id = record.Object.Length > shortId ? record.Object[..shortId] : record.Object;
        return record.Details.FindText(EvidenceFields.Label) is { Length: > 0 } label ? $"{label} ({id})" : id;
    }
}
