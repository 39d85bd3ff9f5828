namespace Dedup.Tests.Concurrency.Model;

/// <summary>What a backup holds in its memory.</summary>
/// <param name="Step">What it does next: a <see cref="BackupStep"/>.</param>
/// <param name="Noted">The marks it has read (<see cref="GcReader"/>); once it has read the sweeps too, the condemned packs.</param>
/// <param name="OldList">A LIST of packs from before it registered; for a mutant only.</param>
internal readonly record struct BackupFields(BitField Step, BitField Noted, BitField OldList);
