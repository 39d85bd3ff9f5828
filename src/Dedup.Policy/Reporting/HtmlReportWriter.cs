using System.Net;
using System.Text;

namespace Dedup.Policy.Reporting;

/// <summary>
/// Writes a report as one HTML page without external parts and scripts: it can be mailed, archived and printed, follows the reader's choice of light or dark, and meets WCAG 2.2 AA.
/// </summary>
public static class HtmlReportWriter
{
    /// <summary>Contrast is at least 4.5 to 1 in both schemes; verdicts are told by sign and words, never by colour alone.</summary>
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1b1b1f;--soft:#4a4a55;--paper:#fff;--band:#f1f2f6;--line:#767680;--link:#0b4fb3;--good:#14622f;--bad:#a01414}
        @media (prefers-color-scheme:dark){:root{--ink:#ececf1;--soft:#c3c3cc;--paper:#17181c;--band:#24262c;--line:#8b8b96;--link:#9cc3ff;--good:#86d9a0;--bad:#ff9c94}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
        header,main{max-width:72rem;margin:0 auto;padding:1rem 1.5rem}
        h1{font-size:1.9rem;line-height:1.2;margin:.5rem 0}
        h2{font-size:1.35rem;margin:2.2rem 0 .3rem;border-bottom:2px solid var(--line);padding-bottom:.2rem}
        a{color:var(--link)}
        a:focus-visible,[tabindex]:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
        p{max-width:48rem}
        .controls,figcaption,.more{color:var(--soft)}
        .verdict{font-weight:700}
        .met{color:var(--good)}
        .not-met{color:var(--bad)}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;margin:.8rem 0}
        dt{font-weight:600}
        dd{margin:0;overflow-wrap:anywhere}
        .scroll{overflow-x:auto;margin:1rem 0}
        table{border-collapse:collapse;width:100%;font-size:.92rem}
        caption{text-align:left;font-weight:600;padding:.3rem 0}
        th,td{border:1px solid var(--line);padding:.35rem .55rem;text-align:left;vertical-align:top;overflow-wrap:anywhere;min-width:5rem}
        thead th{background:var(--band)}
        tbody th{font-weight:600}
        pre{background:var(--band);padding:1rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
        @media (max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
        @media print{:root{--ink:#000;--soft:#333;--paper:#fff;--band:#eee;--line:#777;--link:#000;--good:#000;--bad:#000}body{font-size:10pt}
        header,main{max-width:none;padding:0}nav{display:none}.scroll{overflow:visible}tr,h2{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}details>pre{display:block}}
        """;

    /// <summary>Writes a report.</summary>
    public static void Write(EvidenceReport report, ReportLanguage language, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        ReportLayout layout = new(report, language);
        IReadOnlyList<ReportSection> sections = layout.Build();
        string Text(ReportText text) => WebUtility.HtmlEncode(layout.Format.Text(text));
        string title = $"{Text(ReportText.Title)}, {WebUtility.HtmlEncode(layout.Format.Moment(report.From))} – {WebUtility.HtmlEncode(layout.Format.Moment(report.To))}";
        output.Write($"""
            <!DOCTYPE html>
            <html lang="{(language == ReportLanguage.Dutch ? "nl" : "en")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{title}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <header>
            <h1>{Text(ReportText.Title)}</h1>

            """);
        WriteFacts(output,
        [
            (layout.Format.Text(ReportText.Period), $"{layout.Format.Moment(report.From)} – {layout.Format.Moment(report.To)}"),
            (layout.Format.Text(ReportText.Repository), report.Repository),
            (layout.Format.Text(ReportText.Location), report.Location),
            (layout.Format.Text(ReportText.Made), layout.Format.Moment(report.Made)),
        ]);
        output.Write($"</header>\n<main>\n<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">{Text(ReportText.SummaryTitle)}</h2>\n<p>{Text(ReportText.SummaryIntro)}</p>\n");
        WriteSummary(output, layout, sections);
        output.Write("</section>\n");
        foreach (ReportSection section in sections)
        {
            WriteSection(output, layout, section);
        }

        output.Write("</main>\n</body>\n</html>\n");
    }

    private static void WriteSummary(TextWriter output, ReportLayout layout, IReadOnlyList<ReportSection> sections)
    {
        string Text(ReportText text) => WebUtility.HtmlEncode(layout.Format.Text(text));
        output.Write(
            $"<div class=\"scroll\" role=\"region\" aria-labelledby=\"verdicts\" tabindex=\"0\">\n<table>\n<caption id=\"verdicts\">{Text(ReportText.VerdictsCaption)}</caption>\n<thead>\n<tr><th scope=\"col\">{Text(ReportText.Section)}</th>"
            + $"<th scope=\"col\">{Text(ReportText.Verdict)}</th><th scope=\"col\">{Text(ReportText.Controls)}</th></tr>\n</thead>\n<tbody>\n");
        foreach (ReportSection section in sections)
        {
            output.Write(
                $"<tr><th scope=\"row\"><a href=\"#{section.Id}\">{WebUtility.HtmlEncode(section.Title)}</a></th>"
                + $"<td>{Verdict(layout, section.Verdict)}</td><td>{WebUtility.HtmlEncode(section.Controls)}</td></tr>\n");
        }

        output.Write("</tbody>\n</table>\n</div>\n");
    }

    private static void WriteSection(TextWriter output, ReportLayout layout, ReportSection section)
    {
        output.Write(
            $"<section aria-labelledby=\"{section.Id}\">\n<h2 id=\"{section.Id}\">{WebUtility.HtmlEncode(section.Title)}</h2>\n<p>{WebUtility.HtmlEncode(section.Intro)}</p>\n"
            + $"<p class=\"controls\">{WebUtility.HtmlEncode(layout.Format.Text(ReportText.Controls))}: {WebUtility.HtmlEncode(section.Controls)}</p>\n<p>{Verdict(layout, section.Verdict)}</p>\n");
        WriteFacts(output, section.Facts);
        for (int i = 0; i < section.Tables.Count; i++)
        {
            WriteTable(output, layout, section.Tables[i], $"{section.Id}-{i + 1}");
        }

        if (section.Document.Length > 0)
        {
            output.Write(
                $"<details>\n<summary>{WebUtility.HtmlEncode(layout.Format.Text(ReportText.PolicyDocument))}</summary>\n<pre>{Visible(section.Document)}</pre>\n</details>\n");
        }

        output.Write("</section>\n");
    }

    private static string Verdict(ReportLayout layout, ReportVerdict verdict) =>
        $"<span class=\"verdict{verdict switch { ReportVerdict.Met => " met", ReportVerdict.NotMet => " not-met", _ => "" }}\">{WebUtility.HtmlEncode(layout.Of(verdict))}</span>";

    private static void WriteFacts(TextWriter output, IReadOnlyList<(string Name, string Value)> facts)
    {
        if (facts.Count > 0)
        {
            output.Write($"<dl>\n{string.Concat(facts.Select(static fact => $"<dt>{WebUtility.HtmlEncode(fact.Name)}</dt><dd>{Visible(fact.Value)}</dd>\n"))}</dl>\n");
        }
    }

    /// <summary>A table that is wider than the page scrolls by itself, and can be reached with the keyboard for that.</summary>
    private static void WriteTable(TextWriter output, ReportLayout layout, ReportTable table, string id)
    {
        if (table.Rows.Count == 0)
        {
            output.Write($"<p>{WebUtility.HtmlEncode(table.Caption)}: {WebUtility.HtmlEncode(layout.Format.Text(ReportText.None))}</p>\n");
            return;
        }

        output.Write(
            $"<div class=\"scroll\" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\">\n<table>\n<caption id=\"{id}\">{WebUtility.HtmlEncode(table.Caption)}</caption>\n<thead>\n<tr>"
            + $"{string.Concat(table.Columns.Select(static column => $"<th scope=\"col\">{WebUtility.HtmlEncode(column)}</th>"))}</tr>\n</thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            output.Write($"<tr><th scope=\"row\">{Visible(row[0])}</th>{string.Concat(row.Skip(1).Select(static cell => $"<td>{Visible(cell)}</td>"))}</tr>\n");
        }

        output.Write("</tbody>\n</table>\n</div>\n");
        if (table.Omitted > 0)
        {
            string more = layout.Format.Text(ReportText.AndMore).Replace("{0}", ReportFormat.Number(table.Omitted), StringComparison.Ordinal);
            output.Write($"<p class=\"more\">{WebUtility.HtmlEncode(more)}</p>\n");
        }
    }

    /// <summary>Names and reasons are chosen by others: what is no character of a text is shown as a sign, and what turns the direction of text likewise.</summary>
    private static string Visible(string text)
    {
        StringBuilder visible = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isText = rune.Value is '\n' || !(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format);
            visible.Append(isText ? rune.ToString() : "\uFFFD");
        }

        return WebUtility.HtmlEncode(visible.ToString());
    }
}
