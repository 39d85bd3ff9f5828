using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>What was found in a snapshot.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Entries">The entries, each directory before what it holds, sorted by name as byte strings within a directory. Made as they are asked for, each time anew.</param>
public sealed record FoundInSnapshot(Snapshot Snapshot, IEnumerable<TreeEntry> Entries);
