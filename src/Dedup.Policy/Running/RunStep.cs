namespace Dedup.Policy.Running;

/// <summary>A step of a run that has ended.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="Subject">The source, the repository, or <c>REPOSITORY/REPLICA</c>.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">What it did, or why it failed, in a sentence.</param>
public sealed record RunStep(StepKind Kind, string Subject, StepOutcome Outcome, string Message);
