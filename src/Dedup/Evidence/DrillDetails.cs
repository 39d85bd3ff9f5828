namespace Dedup.Evidence;

/// <summary>
/// A restore that was tried out: the details of a record of <see cref="EvidenceAction.Drill"/>, whose object is the source's name. Its result is
/// <see cref="EvidenceResult.Success"/> when everything was restored and every check passed, else <see cref="EvidenceResult.Failure"/>.
/// </summary>
public sealed record DrillDetails
{
    private const string CheckField = "check.name";

    /// <summary>The snapshot restored from; <see langword="null"/> where none could be found.</summary>
    public SnapshotId? Snapshot { get; init; }

    /// <summary>When that snapshot's backup began.</summary>
    public DateTimeOffset? SnapshotTime { get; init; }

    /// <summary>Restored from where: the location of the repository or of a replica.</summary>
    public required string Place { get; init; }

    /// <summary>What the key slot is called that opened it; empty where none opened.</summary>
    public string KeySlot { get; init; } = "";

    /// <summary>Whether a random part was restored, and not the whole.</summary>
    public bool IsSample { get; init; }

    /// <summary>Files restored.</summary>
    public long Files { get; init; }

    /// <summary>Bytes restored.</summary>
    public long Bytes { get; init; }

    /// <summary>Files in the whole snapshot.</summary>
    public long TotalFiles { get; init; }

    /// <summary>Bytes in the whole snapshot.</summary>
    public long TotalBytes { get; init; }

    /// <summary>How long the drill took from its start to the last check.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How long it takes to restore the whole, measured or worked out from a part; <see langword="null"/> where the drill came to nothing.</summary>
    public TimeSpan? RecoveryTime { get; init; }

    /// <summary>How long it may take; <see langword="null"/> where the policy sets no objective.</summary>
    public TimeSpan? Objective { get; init; }

    /// <summary>What was asked of the restored data.</summary>
    public IReadOnlyList<DrillCheck> Checks { get; init; } = [];

    /// <summary>What went wrong besides, a line each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The entry to be recorded.</summary>
    /// <param name="source">The source's name in the policy.</param>
    /// <param name="result">How the drill ended.</param>
    /// <param name="actor">Who ran it.</param>
    /// <exception cref="ArgumentException">A text is too long.</exception>
    public EvidenceEntry ToEntry(string source, EvidenceResult result, string actor) => new()
    {
        Action = EvidenceAction.Drill,
        Object = source,
        Result = result,
        Actor = actor,
        Details = ToDetails(),
    };

    /// <summary>Reads the details of a record.</summary>
    /// <returns><see langword="null"/> when it is no record of a drill.</returns>
    public static DrillDetails? TryRead(EvidenceRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        EvidenceDetails fields = record.Details;
        if (record.Action != EvidenceAction.Drill)
        {
            return null;
        }

        return new DrillDetails
        {
            Snapshot = SnapshotId.TryParse(fields.FindText(EvidenceFields.Snapshot), out SnapshotId snapshot) ? snapshot : null,
            SnapshotTime = fields.FindTime(EvidenceFields.SnapshotTime),
            Place = fields.FindText("drill.place") ?? record.Place,
            KeySlot = fields.FindText("drill.key-slot") ?? "",
            IsSample = fields.FindFlag("drill.sample") ?? false,
            Files = fields.FindNumber("drill.files") ?? 0,
            Bytes = fields.FindNumber("drill.bytes") ?? 0,
            TotalFiles = fields.FindNumber(EvidenceFields.Files) ?? 0,
            TotalBytes = fields.FindNumber(EvidenceFields.Bytes) ?? 0,
            Duration = fields.FindDuration(EvidenceFields.Duration) ?? TimeSpan.Zero,
            RecoveryTime = fields.FindDuration("drill.recovery-time"),
            Objective = fields.FindDuration("drill.objective"),
            Checks = ReadChecks(fields),
            Problems = [.. fields.FindTexts(EvidenceFields.Problem)],
        };
    }

    private EvidenceDetails ToDetails()
    {
        List<EvidenceField> fields =
        [
            EvidenceField.OfText("drill.place", Place),
            EvidenceField.OfText("drill.key-slot", KeySlot),
            EvidenceField.OfFlag("drill.sample", IsSample),
            EvidenceField.OfNumber("drill.files", Files),
            EvidenceField.OfNumber("drill.bytes", Bytes),
            EvidenceField.OfNumber(EvidenceFields.Files, TotalFiles),
            EvidenceField.OfNumber(EvidenceFields.Bytes, TotalBytes),
            EvidenceField.OfDuration(EvidenceFields.Duration, Duration),
        ];
        fields.AddRange(Snapshot is { } snapshot ? [EvidenceField.OfText(EvidenceFields.Snapshot, snapshot.ToString())] : []);
        fields.AddRange(SnapshotTime is { } time ? [EvidenceField.OfTime(EvidenceFields.SnapshotTime, time)] : []);
        fields.AddRange(RecoveryTime is { } recovery ? [EvidenceField.OfDuration("drill.recovery-time", recovery)] : []);
        fields.AddRange(Objective is { } objective ? [EvidenceField.OfDuration("drill.objective", objective)] : []);
        foreach (DrillCheck check in Checks)
        {
            fields.Add(EvidenceField.OfText(CheckField, check.Name));
            fields.Add(EvidenceField.OfFlag("check.passed", check.HasPassed));
            fields.Add(EvidenceField.OfText("check.message", check.Message));
        }

        fields.AddRange(Problems.Select(static problem => EvidenceField.OfText(EvidenceFields.Problem, problem)));
        return new EvidenceDetails(fields);
    }

    private static List<DrillCheck> ReadChecks(EvidenceDetails details)
    {
        List<DrillCheck> checks = [];
        foreach (EvidenceField field in details.Fields)
        {
            switch (field.Name)
            {
                case CheckField when field.Text is { } name:
                    checks.Add(new DrillCheck(name, false, ""));
                    break;
                case "check.passed" when checks.Count > 0:
                    checks[^1] = checks[^1] with { HasPassed = field.Kind == EvidenceFieldKind.Flag && field.Number != 0 };
                    break;
                case "check.message" when checks.Count > 0:
                    checks[^1] = checks[^1] with { Message = field.Text ?? "" };
                    break;
            }
        }

        return checks;
    }
}
