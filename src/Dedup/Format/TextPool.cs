namespace Dedup.Format;

/// <summary>Keeps one copy of each text read, because the nodes of a tree mostly share their owners.</summary>
internal sealed class TextPool
{
    /// <summary>More than the owners that a tree has, and at most 8 MiB: a tree in which each node has another owner takes no more.</summary>
    private const int MaxTexts = 1024;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public string Read(ref ByteReader reader)
    {
        string text = reader.Text();
        if (_texts.TryGetValue(text, out string? known))
        {
            return known;
        }

        if (_texts.Count == MaxTexts)
        {
            _texts.Clear();
        }

        _texts.Add(text, text);
        return text;
    }
}
