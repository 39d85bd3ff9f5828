using System.Text;

namespace Dedup.Recording;

/// <summary>Makes text fit a record: that a message is long must not keep a deed from being recorded.</summary>
internal static class EvidenceText
{
    private const char Mark = '…';

    /// <summary>Text of at most as many bytes of UTF-8 as a text of the format has room for.</summary>
    public static string Cut(string text) => Cut(text, Limits.MaxTextLength);

    /// <summary>Text of at most so many bytes of UTF-8.</summary>
    public static string Cut(string text, int maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= maxBytes)
        {
            return text;
        }

        StringBuilder cut = new();
        int room = maxBytes - new Rune(Mark).Utf8SequenceLength;
        foreach (Rune rune in text.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            cut.Append(rune);
        }

        return cut.Append(Mark).ToString();
    }
}
