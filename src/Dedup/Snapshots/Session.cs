namespace Dedup.Snapshots;

/// <summary>A backup under way, as others see it.</summary>
/// <param name="Id">The session, and the snapshot that it will leave.</param>
/// <param name="Host">The machine.</param>
/// <param name="Process">The process on that machine.</param>
/// <param name="StartedNs">When it began, by that machine's clock: nanoseconds since 1970-01-01 UTC.</param>
/// <param name="Program">The program and its version.</param>
internal sealed record Session(SnapshotId Id, string Host, ProcessIdentity Process, long StartedNs, string Program);
