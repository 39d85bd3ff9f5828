namespace Dedup.Restore;

/// <summary>Something that could not be restored, or not wholly.</summary>
/// <param name="Path">What it is about, below the target, for people.</param>
/// <param name="Reason">What happened.</param>
/// <param name="Severity">An error when content is missing, a warning when only metadata is, or when the snapshot itself says that content was lost.</param>
public sealed record RestoreProblem(string Path, string Reason, ProblemSeverity Severity = ProblemSeverity.Warning);
