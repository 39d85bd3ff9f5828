namespace Dedup;

/// <summary>How much a problem matters to the result.</summary>
public enum ProblemSeverity
{
    /// <summary>Worth knowing; nothing that should be there is missing.</summary>
    Warning,

    /// <summary>Something that should be there is missing.</summary>
    Error,
}
