using Dedup.Policy.Reading;

namespace Dedup.Cli.Json;

/// <summary>Something that is wrong with a policy.</summary>
/// <param name="Severity"><c>mistake</c> or <c>warning</c>; with warnings alone the policy can be carried out.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Key">The place by its keys; empty for the file as a whole.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Suggestion">What to do about it.</param>
internal sealed record PolicyMistakeDetail(string Severity, int Line, int Column, string Key, string Message, string Suggestion)
{
    public static PolicyMistakeDetail From(PolicyMistake mistake) => new(
        mistake.Severity == MistakeSeverity.Mistake ? "mistake" : "warning", mistake.Line, mistake.Column, mistake.Key, mistake.Message, mistake.Suggestion);
}
