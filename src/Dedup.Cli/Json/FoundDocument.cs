namespace Dedup.Cli.Json;

/// <summary>What a search found in a snapshot, with restic's field names. Written piece by piece: there may be more than memory holds.</summary>
/// <param name="Matches">What was found.</param>
/// <param name="Hits">How many that are.</param>
/// <param name="Snapshot">The snapshot's id.</param>
internal sealed record FoundDocument(IReadOnlyList<MatchDocument> Matches, long Hits, string Snapshot);
