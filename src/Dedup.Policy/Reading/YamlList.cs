namespace Dedup.Policy.Reading;

/// <summary>A list.</summary>
internal sealed record YamlList(Position Position, long Size, IReadOnlyList<YamlNode> Items) : YamlNode(Position, Size)
{
    public override string Kind => "a list";
}
