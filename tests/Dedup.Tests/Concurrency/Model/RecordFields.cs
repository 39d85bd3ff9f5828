namespace Dedup.Tests.Concurrency.Model;

/// <summary>The records of one number below gc/.</summary>
/// <param name="Stage">How far they are: a <see cref="RecordStage"/>.</param>
/// <param name="Mark">The packs that the mark condemns; none when the mark is gone.</param>
/// <param name="Sweep">The packs that the sweep deletes.</param>
internal readonly record struct RecordFields(BitField Stage, BitField Mark, BitField Sweep);
