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

    /// <summary>With half of an object visible under its name, as a store without atomic puts may leave it; any other mutation fails before it takes effect.</summary>
    Cut,

    /// <summary>Not at all: it is carried out twice, as after a lost reply, and the second reply is the one that counts. Appends are carried out once.</summary>
    Twice,
}
