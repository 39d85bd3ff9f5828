namespace Dedup.Policy.Reading;

/// <summary>What is wrong with a value.</summary>
/// <param name="Message">What is wrong; the value goes before.</param>
/// <param name="Suggestion">What to write instead.</param>
internal sealed record WrongValue(string Message, string Suggestion)
{
    /// <summary>Whether the value holds a secret, and is not repeated.</summary>
    public bool HoldsSecret { get; init; }

    /// <summary>What is wrong, with the value where it may be shown.</summary>
    public string Say(string value) => HoldsSecret ? "this holds a user's name or a password, which do not belong in this file" : $"'{value}' {Message}";
}
