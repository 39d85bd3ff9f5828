using Dedup.Policy.Scheduling;
using Dedup.Pruning;

namespace Dedup.Policy.Documents;

/// <summary>When and how unneeded data is removed from a repository.</summary>
/// <param name="Schedule">When; <see langword="null"/> for never.</param>
/// <param name="Options">How.</param>
public sealed record PrunePolicy(Schedule? Schedule, PruneOptions Options);
