using Dedup.Evidence;

namespace Dedup.Recording;

/// <summary>Collects details so that they always fit a record: long texts are cut, of many the first few are taken and the number of all is told.</summary>
internal sealed class EvidenceDetailsBuilder
{
    /// <summary>The most texts of one name, and how long each may be: far less than a record has room for.</summary>
    private const int MaxTexts = 64, MaxTextLength = 1024;

    private readonly List<EvidenceField> _fields = [];

    public EvidenceDetailsBuilder Text(string name, string? value)
    {
        if (value is not null)
        {
            _fields.Add(EvidenceField.OfText(name, EvidenceText.Cut(value, MaxTextLength)));
        }

        return this;
    }

    /// <summary>The first few texts.</summary>
    public EvidenceDetailsBuilder Texts(string name, IEnumerable<string> values)
    {
        foreach (string value in values.Take(MaxTexts))
        {
            Text(name, value);
        }

        return this;
    }

    /// <summary>How many problems there were, and the first few.</summary>
    public EvidenceDetailsBuilder Problems(IReadOnlyCollection<string> problems) => Number(EvidenceFields.Problems, problems.Count).Texts(EvidenceFields.Problem, problems);

    public EvidenceDetailsBuilder Number(string name, long value) => Add(EvidenceField.OfNumber(name, value));

    public EvidenceDetailsBuilder Time(string name, DateTimeOffset? value) => value is { } time ? Add(EvidenceField.OfTime(name, time)) : this;

    public EvidenceDetailsBuilder Duration(string name, TimeSpan value) => Add(EvidenceField.OfDuration(name, value));

    public EvidenceDetails Build() => new(_fields);

    private EvidenceDetailsBuilder Add(EvidenceField field)
    {
        _fields.Add(field);
        return this;
    }
}
