namespace Dedup.Policy.Running;

/// <summary>What a run did.</summary>
/// <param name="Steps">The steps, in the order in which they ended.</param>
/// <param name="Missed">By source, how many of its runs were missed that this one noticed.</param>
public sealed record RunReport(IReadOnlyList<RunStep> Steps, IReadOnlyDictionary<string, int> Missed)
{
    /// <summary>Whether no step failed.</summary>
    public bool IsClean => Steps.All(static step => step.Outcome != StepOutcome.Failed);
}
