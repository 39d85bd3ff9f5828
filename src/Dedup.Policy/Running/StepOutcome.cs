namespace Dedup.Policy.Running;

/// <summary>How a step ended.</summary>
public enum StepOutcome
{
    /// <summary>All is as it should be.</summary>
    Done,

    /// <summary>It is done, and something is worth a look.</summary>
    Warning,

    /// <summary>It failed; the others go on.</summary>
    Failed,
}
