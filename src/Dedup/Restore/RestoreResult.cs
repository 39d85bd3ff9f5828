namespace Dedup.Restore;

/// <summary>What a restore did.</summary>
/// <param name="Entries">Files, directories and other entries that were restored.</param>
/// <param name="Bytes">Bytes of file content.</param>
/// <param name="Problems">What could not be restored, or not wholly.</param>
public sealed record RestoreResult(long Entries, long Bytes, IReadOnlyList<RestoreProblem> Problems)
{
    /// <summary>Whether all content is there; metadata that this user may not set does not count.</summary>
    public bool IsComplete => Problems.All(problem => problem.Severity == ProblemSeverity.Warning);
}
