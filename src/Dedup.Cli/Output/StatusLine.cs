using System.Text;

namespace Dedup.Cli.Output;

/// <summary>A line of progress as far as a terminal has room for it.</summary>
internal static class StatusLine
{
    private const string Separator = ", ", Ellipsis = "...";

    /// <summary>Shorter ends of paths tell nothing.</summary>
    private const int LeastItem = 12;

    /// <summary>Fits a line: rather than half of a number it leaves out what stands last, and of a path the beginning.</summary>
    /// <param name="text">What is to be told, the most important first, parted by commas; ASCII.</param>
    /// <param name="item">What is being worked on; <see langword="null"/> when nothing is.</param>
    /// <param name="width">The columns that there are.</param>
    /// <returns>ASCII, so that each character takes one column of any terminal.</returns>
    public static string Fit(string text, string? item, int width)
    {
        while (text.Length > width && text.LastIndexOf(Separator, StringComparison.Ordinal) is > 0 and int last)
        {
            text = text[..last];
            item = null;
        }

        text = text[..Math.Min(text.Length, width)];
        int room = width - text.Length - Separator.Length;
        return item is null || room < LeastItem ? text : text + Separator + EndOf(ToAscii(item), room);
    }

    private static string EndOf(string item, int room) => item.Length <= room ? item : Ellipsis + item[^(room - Ellipsis.Length)..];

    // How wide other characters are each terminal decides for itself, and what is too long could not be written over again.
    private static string ToAscii(string item)
    {
        StringBuilder ascii = new(item.Length);
        foreach (Rune rune in item.EnumerateRunes())
        {
            ascii.Append(rune.IsAscii && !Rune.IsControl(rune) ? (char)rune.Value : '?');
        }

        return ascii.ToString();
    }
}
