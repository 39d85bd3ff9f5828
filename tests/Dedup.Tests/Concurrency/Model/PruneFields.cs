namespace Dedup.Tests.Concurrency.Model;

/// <summary>What a prune holds in its memory.</summary>
/// <param name="Step">What it does next: a <see cref="PruneStep"/>.</param>
/// <param name="Record">The number of its mark plus 1; 0 while it has none.</param>
/// <param name="Live">Whether it has found a snapshot that needs the blob.</param>
/// <param name="SessionsSeen">The sessions in its LIST, a bit each.</param>
/// <param name="Cursor">How many backups it has come past in a LIST; afterwards, how many records it knows.</param>
/// <param name="Noted">The marks it has read (<see cref="GcReader"/>), then the condemned packs; or the packs it is to mark or delete.</param>
/// <param name="OldList">A LIST of packs from before it read gc/; for a mutant only.</param>
/// <param name="OwnMark">The packs of its mark, remembered; for a mutant only.</param>
internal readonly record struct PruneFields(
    BitField Step, BitField Record, BitField Live, BitField SessionsSeen, BitField Cursor, BitField Noted, BitField OldList, BitField OwnMark);
