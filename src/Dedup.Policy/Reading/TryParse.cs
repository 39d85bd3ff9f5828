namespace Dedup.Policy.Reading;

/// <summary>Reads a value.</summary>
/// <returns>What is wrong with the text; <see langword="null"/> when nothing is.</returns>
internal delegate WrongValue? TryParse<T>(string text, out T value);
