namespace Dedup.Filtering;

/// <summary>A component of a pattern.</summary>
/// <param name="Name">The names that match.</param>
/// <param name="IsDeep">Whether any number of directories may lie before it.</param>
internal readonly record struct PatternComponent(NamePattern Name, bool IsDeep);
