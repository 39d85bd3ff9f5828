using System.Globalization;
using System.Text;

namespace Dedup.Cli.Documentation;

/// <summary>Text in the macros of man(7): whatever is handed in comes out as it is.</summary>
internal sealed class RoffText
{
    private readonly StringBuilder _text = new();

    public static string Bold(string text) => $@"\fB{Escape(text)}\fR";

    public static string Italic(string text) => $@"\fI{Escape(text)}\fR";

    public void Title(string name, int section, string source)
    {
        _text.Append(".TH ").Append(Escape(name.ToUpperInvariant())).Append(CultureInfo.InvariantCulture, $" {section} \"\" \"{Escape(source)}\" \"User commands\"\n");

        // Names of options must neither be hyphenated nor torn apart by blanks.
        _text.Append(".nh\n.ad l\n");
    }

    public void Heading(string heading) => _text.Append(".SH ").Append(heading).Append('\n');

    public void Paragraph() => _text.Append(".PP\n");

    public void Line(string text) => Raw(Escape(text));

    /// <summary>A line that is marked up already.</summary>
    public void Raw(string markedUp) => _text.Append(Guarded(markedUp)).Append('\n');

    /// <summary>A term, and indented below what it means.</summary>
    public void Entry(string term, string? value, string description)
    {
        string[] parts = [.. term.Length > 0 ? [Bold(term)] : (string[])[], .. value is null ? [] : (string[])[Italic(value)]];
        _text.Append(".TP\n");
        Raw(string.Join(' ', parts));
        Line(description);
    }

    /// <summary>Lines as they are, indented.</summary>
    public void Verbatim(IEnumerable<string> lines)
    {
        _text.Append(".RS 4\n.nf\n");
        foreach (string line in lines)
        {
            Line(line);
        }

        _text.Append(".fi\n.RE\n");
    }

    public override string ToString() => _text.ToString();

    // A hyphen, quote, tilde or circumflex would be made a typographic one, which no shell takes.
    private static string Escape(string text) => text
        .Replace(@"\", @"\e", StringComparison.Ordinal)
        .Replace("-", @"\-", StringComparison.Ordinal)
        .Replace("'", @"\(aq", StringComparison.Ordinal)
        .Replace("`", @"\(ga", StringComparison.Ordinal)
        .Replace("~", @"\(ti", StringComparison.Ordinal)
        .Replace("^", @"\(ha", StringComparison.Ordinal);

    // At the beginning of a line these begin a request.
    private static string Guarded(string line) => line.StartsWith('.') || line.StartsWith('\'') ? @"\&" + line : line;
}
