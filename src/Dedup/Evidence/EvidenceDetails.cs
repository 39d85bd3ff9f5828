namespace Dedup.Evidence;

/// <summary>The details of a record: typed fields, found by name.</summary>
/// <param name="Fields">The fields, in order.</param>
public sealed record EvidenceDetails(IReadOnlyList<EvidenceField> Fields)
{
    /// <summary>The most fields that a record has room for.</summary>
    public const int MaxFields = 4096;

    /// <summary>None.</summary>
    public static EvidenceDetails None { get; } = new([]);

    /// <summary>The first text of a name; <see langword="null"/> when there is none.</summary>
    public string? FindText(string name) => Find(name, EvidenceFieldKind.Text)?.Text;

    /// <summary>All texts of a name.</summary>
    public IEnumerable<string> FindTexts(string name) =>
        Fields.Where(field => field.Name == name && field.Kind == EvidenceFieldKind.Text).Select(static field => field.Text!);

    /// <summary>The first number of a name; <see langword="null"/> when there is none.</summary>
    public long? FindNumber(string name) => Find(name, EvidenceFieldKind.Number)?.Number;

    /// <summary>The first moment of a name; <see langword="null"/> when there is none.</summary>
    public DateTimeOffset? FindTime(string name) => Find(name, EvidenceFieldKind.Time)?.Time;

    /// <summary>The first duration of a name; <see langword="null"/> when there is none.</summary>
    public TimeSpan? FindDuration(string name) => Find(name, EvidenceFieldKind.Duration)?.Duration;

    /// <summary>The first yes or no of a name; <see langword="null"/> when there is none.</summary>
    public bool? FindFlag(string name) => Find(name, EvidenceFieldKind.Flag) is { } field ? field.Number != 0 : null;

    /// <summary>These and further ones.</summary>
    public EvidenceDetails With(params IEnumerable<EvidenceField> more) => new([.. Fields, .. more]);

    private EvidenceField? Find(string name, EvidenceFieldKind kind) => Fields.FirstOrDefault(field => field.Name == name && field.Kind == kind);
}
