using Dedup.Filtering;

namespace Dedup.Restore;

/// <summary>What the patterns of a <see cref="RestoreSelection"/> know in a directory.</summary>
internal readonly record struct RestoreSelectionState(PatternState Includes, PatternState Excludes);
