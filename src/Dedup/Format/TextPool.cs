namespace Dedup.Format;

/// <summary>Keeps one copy of each text read, because the nodes of a tree mostly share their owners.</summary>
internal sealed class TextPool
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public string Read(ref ByteReader reader)
    {
        string text = reader.Text();
        if (_texts.TryGetValue(text, out string? known))
        {
            return known;
        }

        _texts.Add(text, text);
        return text;
    }
}
