namespace Dedup.Filtering;

/// <summary>How far <see cref="PathPatterns"/> have come on the way to a directory. Immutable, and mostly shared: few directories differ from the root.</summary>
internal sealed class PatternState
{
    public PatternState(int[] positions) => Positions = positions;

    /// <summary>No pattern has come anywhere.</summary>
    public static PatternState Empty { get; } = new([]);

    /// <summary>
    /// The places of components that the next name may match, and the ends of patterns that match the directory; sorted, distinct. Components that
    /// may match in every directory are left out.
    /// </summary>
    public int[] Positions { get; }
}
