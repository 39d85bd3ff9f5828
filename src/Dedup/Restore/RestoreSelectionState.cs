using Dedup.Filtering;

namespace Dedup.Restore;

/// <summary>What the patterns, and the set of chosen paths, of a <see cref="RestoreSelection"/> know in a directory.</summary>
/// <param name="Includes">The state of the patterns of what is restored.</param>
/// <param name="Excludes">The state of the patterns of what is not.</param>
/// <param name="Chosen">What of the chosen paths lies below; <see langword="null"/> when nothing does, or when nothing was chosen.</param>
internal readonly record struct RestoreSelectionState(PatternState Includes, PatternState Excludes, PathSetNode? Chosen);
