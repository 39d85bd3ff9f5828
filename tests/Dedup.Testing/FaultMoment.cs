namespace Dedup.Testing;

/// <summary>When a mutation fails.</summary>
public enum FaultMoment
{
    /// <summary>Before it takes effect.</summary>
    Before,

    /// <summary>After it took effect: only the reply is lost.</summary>
    After,

    /// <summary>With half of its bytes written, none of which ever becomes visible under a name; a mutation without
    /// bytes fails before it takes effect.</summary>
    Torn,
}
