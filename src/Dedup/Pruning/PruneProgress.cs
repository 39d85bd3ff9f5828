namespace Dedup.Pruning;

/// <summary>How far a prune has come.</summary>
/// <param name="Stage">What it does at the moment.</param>
/// <param name="Done">How many pages, packs or sessions of this stage are done.</param>
/// <param name="Total">How many there are; 0 when unknown.</param>
public readonly record struct PruneProgress(PruneStage Stage, long Done, long Total);
