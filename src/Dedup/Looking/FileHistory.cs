namespace Dedup.Looking;

/// <summary>What became of an entry over all snapshots.</summary>
/// <param name="Versions">Its versions, snapshots of each host and set of paths by themselves, the oldest first. Empty when no snapshot has it.</param>
/// <param name="Problems">Snapshots that could not be looked into.</param>
public sealed record FileHistory(IReadOnlyList<FileVersion> Versions, IReadOnlyList<LookProblem> Problems);
