namespace Dedup.Policy.Reporting;

/// <summary>A table of a report.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">The headings; the first column names the row.</param>
/// <param name="Rows">The cells, as many in each row as there are headings.</param>
/// <param name="Omitted">How many rows were left out.</param>
internal sealed record ReportTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, int Omitted = 0);
