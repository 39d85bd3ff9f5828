namespace Dedup.Snapshots;

/// <summary>What a prune puts into the commit slot of a session that it cannot wait for: the session can never commit.</summary>
/// <param name="Id">The session.</param>
/// <param name="AbortedNs">When, by the clock of who did it: nanoseconds since 1970-01-01 UTC.</param>
/// <param name="Host">Who did it: the machine.</param>
/// <param name="Program">The program and its version.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record SlotAbort(SnapshotId Id, long AbortedNs, string Host, string Program, string Reason);
