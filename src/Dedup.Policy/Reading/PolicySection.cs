namespace Dedup.Policy.Reading;

/// <summary>Keys that stand together.</summary>
/// <param name="Name">What it is called in docs/policy.md and the JSON Schema.</param>
/// <param name="Description">What it is, in a sentence.</param>
/// <param name="Keys">Its keys.</param>
internal sealed record PolicySection(string Name, string Description, IReadOnlyList<PolicyKey> Keys)
{
    /// <summary>The key whose value may stand in the place of the whole section; <see langword="null"/> where none may.</summary>
    public PolicyKey? Short { get; init; }
}
