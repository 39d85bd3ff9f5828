namespace Dedup.Policy.Reading;

/// <summary>How bad it is.</summary>
public enum MistakeSeverity
{
    /// <summary>The policy can be carried out, but hardly does what was meant.</summary>
    Warning,

    /// <summary>The policy cannot be carried out.</summary>
    Mistake,
}
