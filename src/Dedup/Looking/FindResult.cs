namespace Dedup.Looking;

/// <summary>What a search found.</summary>
/// <param name="Snapshots">Each snapshot that was looked into, the oldest first, with what was found there; nothing, perhaps.</param>
/// <param name="Problems">Snapshots that could not be looked into.</param>
public sealed record FindResult(IReadOnlyList<FoundInSnapshot> Snapshots, IReadOnlyList<LookProblem> Problems);
