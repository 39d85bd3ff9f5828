namespace Dedup.Cli;

/// <summary>Reads the value of an option.</summary>
/// <returns>Whether the text is one.</returns>
internal delegate bool TextParser<T>(string text, out T value)
    where T : struct;
