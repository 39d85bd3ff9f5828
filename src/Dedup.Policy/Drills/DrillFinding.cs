namespace Dedup.Policy.Drills;

/// <summary>Something that a drill found.</summary>
/// <param name="Phase">In which part of it.</param>
/// <param name="Subject">What it is about: a path, a table, a command.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Severity">With an error the drill has failed.</param>
public sealed record DrillFinding(DrillPhaseKind Phase, string Subject, string Message, ProblemSeverity Severity = ProblemSeverity.Error);
