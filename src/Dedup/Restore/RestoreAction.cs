namespace Dedup.Restore;

/// <summary>What a restore did to one entry of the target, or in a dry run would do.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">The entry, below the target, for people.</param>
/// <param name="Size">The length of a file of the snapshot in bytes; 0 for everything else.</param>
public readonly record struct RestoreAction(RestoreActionKind Kind, string Path, long Size);
