namespace Dedup.Looking;

/// <summary>Numbers that follow each other.</summary>
/// <param name="Start">The first.</param>
/// <param name="Count">How many.</param>
internal readonly record struct NumberRun(int Start, int Count);
