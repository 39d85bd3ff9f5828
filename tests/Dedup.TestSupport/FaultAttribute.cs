namespace Dedup.TestSupport;

/// <summary>Says which rows of the list of faults (docs/testing.md) a test shows to end as expected.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FaultAttribute : Attribute
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="rows">The numbers of the rows.</param>
    public FaultAttribute(params int[] rows) => Rows = rows;

    /// <summary>The numbers of the rows.</summary>
    public IReadOnlyList<int> Rows { get; }
}
