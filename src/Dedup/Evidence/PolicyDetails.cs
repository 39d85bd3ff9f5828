namespace Dedup.Evidence;

/// <summary>
/// A policy as it came into force: the details of a record of <see cref="EvidenceAction.Policy"/>, whose object is the policy's name. Each such record
/// takes the place of the one before it; write one when the policy's digest differs from that of the last record.
/// </summary>
public sealed record PolicyDetails
{
    private const string DigestField = "digest", DocumentField = "document", ReadWithinField = "read-within", SourceField = "source.name", PlaceField = "place.name";

    /// <summary>SHA-256 of the policy file, in hexadecimal digits.</summary>
    public required string Digest { get; init; }

    /// <summary>The policy file itself, which holds no secrets; empty where it is longer than <see cref="EvidenceField.MaxTextLength"/>.</summary>
    public string Document { get; init; } = "";

    /// <summary>Within which time every byte is to be read again; <see langword="null"/> for no promise.</summary>
    public TimeSpan? ReadWithin { get; init; }

    /// <summary>What is promised for each source.</summary>
    public IReadOnlyList<SourceObjectives> Sources { get; init; } = [];

    /// <summary>Where the backups lie.</summary>
    public IReadOnlyList<PolicyPlace> Places { get; init; } = [];

    /// <summary>The entry to be recorded.</summary>
    /// <param name="policy">The policy's name, such as its file.</param>
    /// <param name="actor">Who runs it.</param>
    /// <exception cref="ArgumentException">A text is too long, or there are too many sources.</exception>
    public EvidenceEntry ToEntry(string policy, string actor) => new()
    {
        Action = EvidenceAction.Policy,
        Object = policy,
        Actor = actor,
        Details = ToDetails(),
    };

    /// <summary>Reads the details of a record.</summary>
    /// <returns><see langword="null"/> when it is no record of a policy.</returns>
    public static PolicyDetails? TryRead(EvidenceRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Action != EvidenceAction.Policy || record.Details.FindText(DigestField) is not { } digest)
        {
            return null;
        }

        return new PolicyDetails
        {
            Digest = digest,
            Document = record.Details.FindText(DocumentField) ?? "",
            ReadWithin = record.Details.FindDuration(ReadWithinField),
            Sources = [.. Groups(record.Details, SourceField).Select(ReadSource)],
            Places = [.. Groups(record.Details, PlaceField).Select(ReadPlace)],
        };
    }

    private EvidenceDetails ToDetails()
    {
        List<EvidenceField> fields = [EvidenceField.OfText(DigestField, Digest), EvidenceField.OfText(DocumentField, Document)];
        Add(fields, ReadWithinField, ReadWithin);
        foreach (SourceObjectives source in Sources)
        {
            fields.Add(EvidenceField.OfText(SourceField, source.Name));
            fields.Add(EvidenceField.OfText("source.kind", source.Kind));
            fields.Add(EvidenceField.OfText("source.schedule", source.Schedule));
            fields.Add(EvidenceField.OfText("source.retention", source.Retention));
            Add(fields, "source.recovery-point", source.RecoveryPoint);
            Add(fields, "source.recovery-time", source.RecoveryTime);
            Add(fields, "source.drill-every", source.DrillEvery);
        }

        foreach (PolicyPlace place in Places)
        {
            fields.Add(EvidenceField.OfText(PlaceField, place.Name));
            fields.Add(EvidenceField.OfText("place.location", place.Location));
            fields.Add(EvidenceField.OfFlag("place.replica", place.IsReplica));
        }

        return new EvidenceDetails(fields);
    }

    private static SourceObjectives ReadSource(EvidenceDetails fields) => new()
    {
        Name = fields.FindText(SourceField)!,
        Kind = fields.FindText("source.kind") ?? "",
        Schedule = fields.FindText("source.schedule") ?? "",
        Retention = fields.FindText("source.retention") ?? "",
        RecoveryPoint = fields.FindDuration("source.recovery-point"),
        RecoveryTime = fields.FindDuration("source.recovery-time"),
        DrillEvery = fields.FindDuration("source.drill-every"),
    };

    private static PolicyPlace ReadPlace(EvidenceDetails fields) =>
        new(fields.FindText(PlaceField)!, fields.FindText("place.location") ?? "", fields.FindFlag("place.replica") ?? false);

    /// <summary>Splits fields into groups that each begin with a field of a name.</summary>
    private static IEnumerable<EvidenceDetails> Groups(EvidenceDetails details, string first)
    {
        int[] starts = [.. Enumerable.Range(0, details.Fields.Count).Where(index => details.Fields[index].Name == first && details.Fields[index].Text is not null)];
        for (int i = 0; i < starts.Length; i++)
        {
            int end = i + 1 < starts.Length ? starts[i + 1] : details.Fields.Count;
            yield return new EvidenceDetails([.. details.Fields.Skip(starts[i]).Take(end - starts[i])]);
        }
    }

    private static void Add(List<EvidenceField> fields, string name, TimeSpan? value)
    {
        if (value is { } duration)
        {
            fields.Add(EvidenceField.OfDuration(name, duration));
        }
    }
}
