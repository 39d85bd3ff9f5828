using Dedup.Snapshots;

namespace Dedup.Retention;

/// <summary>What becomes of a snapshot.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Reasons">All reasons to keep it; none if it is to be forgotten.</param>
public sealed record RetentionDecision(Snapshot Snapshot, IReadOnlyList<RetentionReason> Reasons)
{
    /// <summary>Whether it is kept.</summary>
    public bool Keep => Reasons.Count > 0;
}
