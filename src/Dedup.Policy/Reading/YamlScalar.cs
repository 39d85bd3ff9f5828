namespace Dedup.Policy.Reading;

/// <summary>A text, number or the like.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="Text">What it says.</param>
/// <param name="IsPlain">Whether it stands without quotes.</param>
internal sealed record YamlScalar(Position Position, string Text, bool IsPlain) : YamlNode(Position, 1)
{
    public override string Kind => IsEmpty ? "nothing" : "a text";

    /// <summary>Whether there is no value at all.</summary>
    public bool IsEmpty => IsPlain && Text is ("" or "~" or "null");
}
