using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>A state of an entry that one or more snapshots share which follow each other, of the same host and paths.</summary>
/// <param name="Kind">How it differs from the state before.</param>
/// <param name="Node">The entry as the first of these snapshots has it; <see langword="null"/> when it is not there.</param>
/// <param name="First">The oldest of these snapshots.</param>
/// <param name="Last">The newest of them.</param>
/// <param name="Snapshots">How many there are.</param>
public sealed record FileVersion(FileVersionKind Kind, Node? Node, Snapshot First, Snapshot Last, int Snapshots);
