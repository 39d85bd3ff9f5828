namespace Dedup.Policy.Reporting;

/// <summary>A section of a report, in one language.</summary>
/// <param name="Id">A name for links, the same in each language.</param>
/// <param name="Title">The heading.</param>
/// <param name="Intro">What it is about.</param>
/// <param name="Controls">The controls that it answers.</param>
/// <param name="Verdict">What it comes to.</param>
/// <param name="Facts">Names and values.</param>
/// <param name="Tables">Tables, those without rows included.</param>
internal sealed record ReportSection(
    string Id, string Title, string Intro, string Controls, ReportVerdict Verdict, IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<ReportTable> Tables)
{
    /// <summary>Text of many lines, shown as it is; empty for none.</summary>
    public string Document { get; init; } = "";
}
