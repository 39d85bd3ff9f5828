using System.Globalization;
using System.Text;

namespace Dedup.Cli.Output;

/// <summary>Makes text safe to print: what others named must neither steer a terminal nor span lines.</summary>
internal static class TerminalText
{
    /// <summary>Writes control and invisible characters as <c>\xNN</c> of their UTF-8 bytes. All else, a backslash too, stays: names of files come escaped by the engine.</summary>
    public static string Escape(string text)
    {
        int first = IndexOfUnsafe(text);
        if (first < 0)
        {
            return text;
        }

        StringBuilder safe = new(text, 0, first, text.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in text.AsSpan(first).EnumerateRunes())
        {
            if (!IsUnsafe(rune))
            {
                safe.Append(rune.ToString());
                continue;
            }

            foreach (byte b in bytes[..rune.EncodeToUtf8(bytes)])
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
            }
        }

        return safe.ToString();
    }

    private static int IndexOfUnsafe(string text)
    {
        int index = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsUnsafe(rune))
            {
                return index;
            }

            index += rune.Utf16SequenceLength;
        }

        return -1;
    }

    // Format characters turn text around or hide it on a terminal.
    private static bool IsUnsafe(Rune rune) =>
        Rune.IsControl(rune)
        || (rune.Value > 0x7f
            && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
