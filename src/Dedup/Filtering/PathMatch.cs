namespace Dedup.Filtering;

/// <summary>What <see cref="PathPatterns"/> say of a path.</summary>
/// <param name="IsMatch">Whether the path matches: by itself, or because it lies below one that does.</param>
/// <param name="MayMatchBelow">Whether anything below the path, were it a directory, may match. Where not, a walk that looks for matches need not go there.</param>
public readonly record struct PathMatch(bool IsMatch, bool MayMatchBelow);
