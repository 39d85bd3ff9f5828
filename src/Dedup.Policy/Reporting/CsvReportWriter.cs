using System.Text;

namespace Dedup.Policy.Reporting;

/// <summary>
/// Writes a report as comma-separated values (RFC 4180) with a line for each value: section, controls, table, row, column, value. All of it fits one sheet, and a pivot
/// gives each table back.
/// </summary>
public static class CsvReportWriter
{
    /// <summary>Writes a report.</summary>
    public static void Write(EvidenceReport report, ReportLanguage language, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        ReportLayout layout = new(report, language);
        WriteLine(output, "section", "controls", "table", "row", "column", "value");
        foreach (ReportSection section in layout.Build())
        {
            WriteLine(output, section.Title, section.Controls, "", "", layout.Format.Text(ReportText.Verdict), layout.Of(section.Verdict));
            foreach ((string name, string value) in section.Facts)
            {
                WriteLine(output, section.Title, section.Controls, "", "", name, value);
            }

            foreach (ReportTable table in section.Tables)
            {
                for (int row = 0; row < table.Rows.Count; row++)
                {
                    for (int column = 0; column < table.Columns.Count; column++)
                    {
                        WriteLine(output, section.Title, section.Controls, table.Caption, ReportFormat.Number(row + 1), table.Columns[column], table.Rows[row][column]);
                    }
                }
            }
        }
    }

    private static void WriteLine(TextWriter output, params ReadOnlySpan<string> cells)
    {
        StringBuilder line = new();
        foreach (string cell in cells)
        {
            line.Append(line.Length > 0 ? "," : "").Append('"').Append(Harmless(cell).Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        output.Write(line.Append("\r\n"));
    }

    /// <summary>A spreadsheet takes text that begins so for a formula, and names of sources and reasons are chosen by others.</summary>
    private static string Harmless(string cell) => cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal) ? "'" + cell : cell;
}
