namespace Dedup.Catalogue;

/// <summary>What a synchronisation of the catalogue met in the store.</summary>
/// <param name="Packs">The packs that were there, whatever they hold.</param>
/// <param name="Damage">What was damaged or missing.</param>
internal sealed record SynchronisationResult(IReadOnlyCollection<PackId> Packs, IReadOnlyList<CorruptDataException> Damage);
