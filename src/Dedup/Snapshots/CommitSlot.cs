namespace Dedup.Snapshots;

/// <summary>How a commit slot was decided: by a snapshot or by an abort, one of which is there.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Abort">The abort.</param>
internal sealed record CommitSlot(Snapshot? Snapshot, SlotAbort? Abort);
