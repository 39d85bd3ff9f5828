namespace Dedup.Policy.Reading;

/// <summary>Keys with their values; each key once.</summary>
internal sealed record YamlMap(Position Position, long Size, IReadOnlyList<YamlEntry> Entries) : YamlNode(Position, Size)
{
    public override string Kind => "a group of keys";
}
