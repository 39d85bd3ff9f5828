namespace Dedup.Policy.Reading;

/// <summary>Something that is wrong with a policy, and where.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column of the character, from 1.</param>
/// <param name="Severity">Whether the policy can be carried out nevertheless.</param>
/// <param name="Key">The place by its keys, such as <c>sources.documents.schedule</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong, in a sentence without its full stop.</param>
/// <param name="Suggestion">What to do about it.</param>
public sealed record PolicyMistake(int Line, int Column, MistakeSeverity Severity, string Key, string Message, string Suggestion)
{
    /// <summary>Such as <c>12:5: mistake: sources.documents.schedul: is not known here; did you mean 'schedule'?</c></summary>
    public override string ToString() =>
        $"{Line}:{Column}: {(Severity == MistakeSeverity.Mistake ? "mistake" : "warning")}: {(Key.Length == 0 ? "" : $"{Key}: ")}{Message}; {Suggestion}";
}
