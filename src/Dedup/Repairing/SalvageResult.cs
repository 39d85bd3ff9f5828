namespace Dedup.Repairing;

/// <summary>What became of the blobs of damaged and missing packs.</summary>
/// <param name="Salvaged">Blobs that a damaged pack still holds whole.</param>
/// <param name="Healed">Blobs that the replica holds whole.</param>
/// <param name="Lost">Blobs that are whole nowhere.</param>
internal sealed record SalvageResult(long Salvaged, long Healed, IReadOnlyList<RepairProblem> Lost);
