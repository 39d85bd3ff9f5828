using Dedup.Retention;

namespace Dedup.Cli.Commands;

/// <summary>What becomes of snapshots that were looked at together.</summary>
/// <param name="Key">What they share; <see langword="null"/> when they were named one by one.</param>
/// <param name="Decisions">One a snapshot, the newest first.</param>
/// <param name="Damaged">Those to be forgotten that cannot be read: only the id is known.</param>
/// <param name="Missing">Those to be forgotten that must be there and are not.</param>
internal sealed record ForgetGroup(RetentionGroupKey? Key, IReadOnlyList<RetentionDecision> Decisions, IReadOnlyList<SnapshotId> Damaged, IReadOnlyList<SnapshotId> Missing)
{
    /// <summary>The oldest first, so that what is cut off leaves a history without gaps.</summary>
    public IEnumerable<SnapshotId> ToForget => Damaged.Concat(Missing).Concat(Decisions.Where(decision => !decision.Keep).Select(decision => decision.Snapshot.Id).Reverse());
}
