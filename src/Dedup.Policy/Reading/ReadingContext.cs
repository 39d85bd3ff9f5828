namespace Dedup.Policy.Reading;

/// <summary>Collects what is wrong with a policy, and remembers where its values stand.</summary>
internal sealed class ReadingContext
{
    private readonly HashSet<PolicyMistake> _mistakes = [];
    private readonly Dictionary<object, (Position Position, string Key)> _places = new(ReferenceEqualityComparer.Instance);

    /// <summary>All, by place.</summary>
    public IReadOnlyList<PolicyMistake> Mistakes =>
        [.. _mistakes.OrderBy(static mistake => (mistake.Line, mistake.Column)).ThenBy(static mistake => mistake.Message, StringComparer.Ordinal)];

    public bool HasMistakes => _mistakes.Any(static mistake => mistake.Severity == MistakeSeverity.Mistake);

    // A value that several aliases name is read several times: its mistake is one.
    public void Add(Position position, string key, string message, string suggestion, MistakeSeverity severity = MistakeSeverity.Mistake)
    {
        if (!_mistakes.Any(known => (known.Line, known.Column, known.Message) == (position.Line, position.Column, message)))
        {
            _mistakes.Add(new PolicyMistake(position.Line, position.Column, severity, key, message, suggestion));
        }
    }

    /// <summary>Remembers where a part of the policy was read, for those who compare it with others.</summary>
    public T Remember<T>(T part, Position position, string key)
        where T : class
    {
        _places.TryAdd(part, (position, key));
        return part;
    }

    /// <summary>Tells what is wrong with a part of the policy that was remembered.</summary>
    public void AddAt(object part, string message, string suggestion, MistakeSeverity severity = MistakeSeverity.Mistake)
    {
        (Position position, string key) = _places.GetValueOrDefault(part, (Position.Start, ""));
        Add(position, key, message, suggestion, severity);
    }
}
