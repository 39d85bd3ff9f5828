namespace Dedup.Snapshots;

/// <summary>The record of a step of a prune.</summary>
/// <param name="Number">Which prune: they are counted from 1 without gaps.</param>
/// <param name="Step">The step.</param>
/// <param name="Packs">The packs it concerns, in order of their ids; none for a retirement.</param>
/// <param name="WrittenNs">When, by the clock of who wrote it: nanoseconds since 1970-01-01 UTC.</param>
/// <param name="Host">Who wrote it: the machine.</param>
/// <param name="Program">The program and its version.</param>
internal sealed record GcRecord(long Number, GcStep Step, IReadOnlyList<PackId> Packs, long WrittenNs, string Host, string Program);
