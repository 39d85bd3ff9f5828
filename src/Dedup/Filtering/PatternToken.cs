namespace Dedup.Filtering;

/// <summary>A part of a <see cref="NamePattern"/>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The byte, or the folded character.</param>
/// <param name="Class">The class of characters.</param>
internal readonly record struct PatternToken(PatternTokenKind Kind, int Value = 0, CharacterClass? Class = null);
