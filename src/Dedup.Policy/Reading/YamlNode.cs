namespace Dedup.Policy.Reading;

/// <summary>A value of the file.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="Size">How many values it holds, itself included and those named by aliases counted again each time.</param>
internal abstract record YamlNode(Position Position, long Size)
{
    /// <summary>What it is, for people.</summary>
    public abstract string Kind { get; }
}
