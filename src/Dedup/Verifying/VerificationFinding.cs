namespace Dedup.Verifying;

/// <summary>Something in a folder that is not as the snapshot has it.</summary>
/// <param name="Path">Its path from the root of the snapshot, for people.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Severity">A warning where only extended attributes differ, which not every file system takes, or an owner that this user may not set; else an error.</param>
public sealed record VerificationFinding(string Path, string Reason, ProblemSeverity Severity = ProblemSeverity.Error);
