using Dedup.Trees;

namespace Dedup.Backup;

/// <summary>An entry that a backup is done with.</summary>
/// <param name="Path">Its absolute path, for people.</param>
/// <param name="Type">What it is.</param>
/// <param name="Change">How it differs from the parent snapshot.</param>
/// <param name="Size">The length of a file in bytes; 0 for everything else.</param>
public readonly record struct BackedUpEntry(string Path, NodeType Type, EntryChange Change, long Size);
