namespace Dedup.Evidence;

/// <summary>Something that a look at the evidence found.</summary>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="ObjectName">The object it concerns, as the store names it; in an export, the line.</param>
/// <param name="Message">One line: what is wrong.</param>
public sealed record EvidenceFinding(EvidenceFindingKind Kind, string ObjectName, string Message)
{
    /// <summary>Whether evidence was changed, removed, added or moved, or cannot be read.</summary>
    public bool IsTampering => Kind != EvidenceFindingKind.Unrecorded;
}
