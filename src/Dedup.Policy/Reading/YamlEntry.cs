namespace Dedup.Policy.Reading;

/// <summary>A key with its value.</summary>
internal sealed record YamlEntry(Position Position, string Key, YamlNode Value);
