namespace Dedup.Backup;

/// <summary>Something of the source that is not in the snapshot as it should be.</summary>
/// <param name="Path">What it is about, for people.</param>
/// <param name="Reason">What happened.</param>
/// <param name="Severity">How much it matters.</param>
public sealed record BackupProblem(string Path, string Reason, ProblemSeverity Severity);
