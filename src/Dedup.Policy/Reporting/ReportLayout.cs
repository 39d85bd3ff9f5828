using Dedup.Evidence;

namespace Dedup.Policy.Reporting;

/// <summary>Puts a report into sections, facts and tables of one language: the same for every format that people read.</summary>
internal sealed class ReportLayout(EvidenceReport report, ReportLanguage language)
{
    /// <summary>A report is read by people: of more rows than this the newest are shown, and the number of the others.</summary>
    private const int MaxRows = 400;

    private readonly ReportFormat _format = new(language);

    public ReportFormat Format => _format;

    public IReadOnlyList<ReportSection> Build() => [Policy(), RecoveryPoints(), Drills(), Copies(), Reading(), Forgotten(), Keys(), Chain()];

    public string Of(ReportVerdict verdict) => Text(verdict switch
    {
        ReportVerdict.Met => ReportText.VerdictMet,
        ReportVerdict.NotMet => ReportText.VerdictNotMet,
        ReportVerdict.Nothing => ReportText.VerdictNothing,
        _ => ReportText.VerdictShown,
    });

    private string Text(ReportText text) => _format.Text(text);

    private ReportTable Table(ReportText caption, IReadOnlyList<ReportText> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [.. rows];
        return new ReportTable(Text(caption), [.. columns.Select(Text)], all.Length > MaxRows ? all[^MaxRows..] : all, Math.Max(0, all.Length - MaxRows));
    }

    private ReportSection Policy()
    {
        PolicyDetails? last = report.Policies is [.., PolicyInForce policyInForce] ? policyInForce.Details : null;
        return new ReportSection(
            "policy", Text(ReportText.PolicyTitle), Text(ReportText.PolicyIntro), ReportControl.Policy,
            last is null ? ReportVerdict.Nothing : ReportVerdict.Shown, [],
            [
                Table(
                    ReportText.PoliciesCaption, [ReportText.PolicyName, ReportText.Since, ReportText.By, ReportText.Digest],
                    report.Policies.Select(policy => (IReadOnlyList<string>)[policy.Name, _format.Moment(policy.Since), policy.Actor, policy.Details.Digest])),
                Table(
                    ReportText.PromisesCaption,
                    [ReportText.Source, ReportText.Kind, ReportText.Schedule, ReportText.Retention, ReportText.RecoveryPoint, ReportText.RecoveryTime, ReportText.DrillEvery],
                    (last?.Sources ?? []).Select(source => (IReadOnlyList<string>)
                    [
                        source.Name, source.Kind, source.Schedule, source.Retention, _format.Objective(source.RecoveryPoint), _format.Objective(source.RecoveryTime),
                        source.DrillEvery is { } every ? _format.Duration(every) : Text(ReportText.Never),
                    ])),
            ])
        {
            Document = last?.Document ?? "",
        };
    }

    private ReportSection RecoveryPoints()
    {
        SourceRecovery[] promised = [.. report.Sources.Where(static source => source.ShareWithinObjective is not null)];
        ReportVerdict verdict = report.Sources.Count == 0 ? ReportVerdict.Nothing
            : promised.Length == 0 ? ReportVerdict.Shown
            : promised.All(static source => source.Gaps.Count == 0) ? ReportVerdict.Met
            : ReportVerdict.NotMet;
        return new ReportSection(
            "recovery-points", Text(ReportText.RecoveryPointTitle), Text(ReportText.RecoveryPointIntro), ReportControl.RecoveryPoint, verdict, [],
            [
                Table(
                    ReportText.SourcesCaption,
                    [
                        ReportText.Source, ReportText.RecoveryPoint, ReportText.Backups, ReportText.WithProblems, ReportText.Failed, ReportText.LastState, ReportText.WorstLoss,
                        ReportText.ShareWithin,
                    ],
                    report.Sources.Select(source => (IReadOnlyList<string>)
                    [
                        source.Name, _format.Objective(source.Objectives?.RecoveryPoint), ReportFormat.Number(source.Backups), ReportFormat.Number(source.WithProblems),
                        ReportFormat.Number(source.Failed), _format.Moment(source.Last), source.WorstLoss is { } worst ? _format.Duration(worst) : Text(ReportText.Unknown),
                        _format.Share(source.ShareWithinObjective),
                    ])),
                Table(
                    ReportText.GapsCaption, [ReportText.Source, ReportText.GapFrom, ReportText.GapTo, ReportText.GapLength],
                    report.Sources.SelectMany(source => source.Gaps.Select(gap => (IReadOnlyList<string>)
                        [source.Name, _format.Moment(gap.From), _format.Moment(gap.To), _format.Duration(gap.Length)]))),
            ]);
    }

    private ReportSection Drills() => new(
        "drills", Text(ReportText.DrillTitle), Text(ReportText.DrillIntro), ReportControl.Drill,
        report.Drills.Count == 0 ? ReportVerdict.Nothing : report.DrillsWithinObjective == report.Drills.Count ? ReportVerdict.Met : ReportVerdict.NotMet,
        [
            (Text(ReportText.DrillsDone), ReportFormat.Number(report.Drills.Count)),
            (Text(ReportText.DrillsWithin), report.Drills.Count == 0
                ? Text(ReportText.None)
                : $"{ReportFormat.Number(report.DrillsWithinObjective)} ({_format.Share((double)report.DrillsWithinObjective / report.Drills.Count)})"),
        ],
        [
            Table(
                ReportText.DrillsCaption,
                [
                    ReportText.Moment, ReportText.Source, ReportText.Result, ReportText.Place, ReportText.Scope, ReportText.Restored, ReportText.Measured, ReportText.Objective,
                    ReportText.Checks, ReportText.ProblemsFound,
                ],
                report.Drills.Select(drill => (IReadOnlyList<string>)
                [
                    _format.Moment(drill.Time), drill.Source, ReportTexts.Of(drill.Result, language), drill.Details.Place,
                    Text(drill.Details.IsSample ? ReportText.Sample : ReportText.Whole), _format.Bytes(drill.Details.Bytes),
                    drill.Details.RecoveryTime is { } time ? _format.Duration(time) : Text(ReportText.Unknown), _format.Objective(drill.Objective),
                    string.Join("; ", drill.Details.Checks.Select(check => $"{check.Name} {(check.HasPassed ? "✓" : "✗")}{(check.Message.Length > 0 ? $" ({check.Message})" : "")}")),
                    drill.Details.Problems.Count == 0 ? Text(ReportText.None) : string.Join("; ", drill.Details.Problems),
                ])),
        ]);

    private ReportSection Copies()
    {
        CopyPlace[] replicas = [.. report.Copies.Where(static place => place.IsReplica)];
        ReportVerdict verdict = report.Copies.Count == 0 ? ReportVerdict.Nothing
            : replicas.Length > 0 && replicas.All(static place => place is { Last: not null, SnapshotsBehind: 0 or null }) ? ReportVerdict.Shown
            : ReportVerdict.NotMet;
        return new ReportSection(
            "copies", Text(ReportText.CopyTitle), Text(ReportText.CopyIntro), ReportControl.Copy, verdict, [],
            [
                Table(
                    ReportText.CopiesCaption,
                    [ReportText.Location, ReportText.Role, ReportText.Runs, ReportText.Failed, ReportText.LastGood, ReportText.Behind, ReportText.BytesCopied],
                    report.Copies.Select(place => (IReadOnlyList<string>)
                    [
                        place.Name == place.Location ? place.Location : $"{place.Name}: {place.Location}", Text(place.IsReplica ? ReportText.Replica : ReportText.Primary),
                        ReportFormat.Number(place.Runs), ReportFormat.Number(place.Failures), _format.Moment(place.Last),
                        place.IsReplica ? _format.Optional(place.SnapshotsBehind) : ReportFormat.Number(0), _format.Bytes(place.BytesCopied),
                    ])),
            ]);
    }

    private ReportSection Reading()
    {
        ReadingState reading = report.Reading;
        ReportVerdict verdict = reading.ChecksWithDamage > 0 || reading.IsWithin == false ? ReportVerdict.NotMet
            : reading.IsWithin == true ? ReportVerdict.Met
            : reading.Checks == 0 ? ReportVerdict.Nothing
            : ReportVerdict.Shown;
        return new ReportSection(
            "reading", Text(ReportText.ReadingTitle), Text(ReportText.ReadingIntro), ReportControl.Reading, verdict,
            [
                (Text(ReportText.ChecksDone), ReportFormat.Number(reading.Checks)),
                (Text(ReportText.ChecksWithDamage), ReportFormat.Number(reading.ChecksWithDamage)),
                (Text(ReportText.BytesRead), _format.Bytes(reading.BytesRead)),
                (Text(ReportText.PacksNeverRead), _format.Optional(reading.PacksNeverRead)),
                (Text(ReportText.OldestRead), _format.Moment(reading.OldestRead)),
                (Text(ReportText.OldestAge), reading.OldestAge is { } age ? _format.Duration(age) : Text(ReportText.Unknown)),
                (Text(ReportText.ReadWithin), _format.Objective(reading.ReadWithin)),
            ],
            []);
    }

    private ReportSection Forgotten() => new(
        "forgotten", Text(ReportText.ForgottenTitle), Text(ReportText.ForgottenIntro), ReportControl.Forgotten, ReportVerdict.Shown,
        [
            (Text(ReportText.ForgottenCount), ReportFormat.Number(report.Forgotten.Count)),
            (Text(ReportText.BytesFreed), _format.Bytes(report.BytesFreed)),
        ],
        [
            Table(
                ReportText.ReasonsCaption, [ReportText.Reason, ReportText.Count],
                report.Forgotten.GroupBy(static entry => entry.Reason).OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key, StringComparer.Ordinal)
                    .Select(static group => (IReadOnlyList<string>)[group.Key, ReportFormat.Number(group.Count())])),
            Table(
                ReportText.ForgottenCaption, [ReportText.Moment, ReportText.Snapshot, ReportText.SnapshotOf, ReportText.Host, ReportText.By, ReportText.Reason],
                report.Forgotten.Select(entry => (IReadOnlyList<string>)
                [
                    _format.Moment(entry.Time), entry.Snapshot, entry.SnapshotTime is { } time ? _format.Moment(time) : Text(ReportText.Unknown), entry.Host, entry.Actor, entry.Reason,
                ])),
        ]);

    private ReportSection Keys() => new(
        "keys", Text(ReportText.KeyTitle), Text(ReportText.KeyIntro), ReportControl.Key,
        report.Keys.Count == 0 ? ReportVerdict.Nothing : report.Keys.All(static key => key.Result == EvidenceResult.Success) ? ReportVerdict.Shown : ReportVerdict.NotMet, [],
        [
            Table(
                ReportText.KeysCaption, [ReportText.Moment, ReportText.Key, ReportText.Deed, ReportText.Result, ReportText.By],
                report.Keys.Select(key => (IReadOnlyList<string>)
                    [_format.Moment(key.Time), key.Key, ReportTexts.Of(key.Action, language), ReportTexts.Of(key.Result, language), key.Actor])),
        ]);

    private ReportSection Chain()
    {
        EvidenceVerification verification = report.Verification;
        ReportVerdict verdict = verification.Records == 0 && verification.Findings.Count == 0 ? ReportVerdict.Nothing
            : verification.Findings.Count == 0 ? ReportVerdict.Met
            : ReportVerdict.NotMet;
        return new ReportSection(
            "chain", Text(ReportText.ChainTitle), Text(ReportText.ChainIntro), ReportControl.Chain, verdict,
            [
                (Text(ReportText.PublicKey), verification.PublicKey),
                (Text(ReportText.Records), ReportFormat.Number(verification.Records)),
                (Text(ReportText.DoubtfulTimes), ReportFormat.Number(report.DoubtfulTimes)),
                (Text(ReportText.LateRecords), ReportFormat.Number(report.LateRecords)),
            ],
            [
                Table(
                    ReportText.ChainsCaption, [ReportText.Chain, ReportText.Records, ReportText.LastNumber, ReportText.LastHash],
                    verification.Chains.Select(chain => (IReadOnlyList<string>)
                    [
                        chain.Chain == 0 ? Text(ReportText.OwnChain) : $"{chain.Chain:x16}", ReportFormat.Number(chain.Records), ReportFormat.Number(chain.LastNumber), chain.LastHash,
                    ])),
                Table(
                    ReportText.FindingsCaption, [ReportText.Location, ReportText.Finding],
                    verification.Findings.Select(static finding => (IReadOnlyList<string>)[finding.ObjectName, finding.Message])),
                Table(
                    ReportText.ActionsCaption, [ReportText.Deed, ReportText.Result, ReportText.Count],
                    report.Actions.Select(count => (IReadOnlyList<string>)
                        [ReportTexts.Of(count.Action, language), ReportTexts.Of(count.Result, language), ReportFormat.Number(count.Count)])),
            ]);
    }
}
