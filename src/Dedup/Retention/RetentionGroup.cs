namespace Dedup.Retention;

/// <summary>What becomes of the snapshots of one group.</summary>
/// <param name="Key">What they share.</param>
/// <param name="Decisions">One a snapshot, the newest first.</param>
public sealed record RetentionGroup(RetentionGroupKey Key, IReadOnlyList<RetentionDecision> Decisions)
{
    /// <summary>Whether any snapshot of the group stays. Only a policy of nothing but tags can leave none, which people hardly mean: ask or refuse.</summary>
    public bool KeepsAny => Decisions.Any(static decision => decision.Keep);
}
