using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dedup.Policy.Reporting;
using Xunit;

namespace Dedup.Policy.Tests.Reporting;

public sealed class ReportWriterTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("nl")]
    public void The_page_has_no_external_part_and_no_script_and_shows_names_as_they_are(string language)
    {
        string page = Html(language);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)<script|<link|<img|<iframe|src=|@import|url\\(|https?:|\\son[a-z]+=", page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;db&lt;/b&gt; &amp; \uFFFDname", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', page);
        Assert.All(Regex.Matches(page, "href=\"#([^\"]+)\""), match => Assert.Contains($"id=\"{match.Groups[1].Value}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_section_names_its_controls()
    {
        string page = Html("en");
        foreach (string control in (string[])["12.3.1.1", "12.3.1.2", "12.3.1.3", "12.3.1.4", "12.3.1.5", "8.13.01-04", "8.15.01", "IB.26", "4.08", "A.8.13", "REQ-047"])
        {
            Assert.Contains(control, page, StringComparison.Ordinal);
        }

        Assert.Equal(8, Regex.Count(page, "class=\"controls\""));
    }

    [Fact]
    public void A_report_of_nothing_can_be_written_in_every_format()
    {
        EvidenceReport report = new RecordMaker().Report(0, 1);
        HtmlReportWriter.Write(report, ReportLanguage.Dutch, TextWriter.Null);
        CsvReportWriter.Write(report, ReportLanguage.Dutch, TextWriter.Null);
        using MemoryStream json = new();
        JsonReportWriter.Write(report, json);
        using JsonDocument document = JsonDocument.Parse(json.ToArray());
        Assert.Equal(0, document.RootElement.GetProperty("recovery_points").GetProperty("items").GetArrayLength());
    }

    [Fact]
    public void The_json_has_the_figures()
    {
        using MemoryStream json = new();
        JsonReportWriter.Write(RecordMaker.FullReport(), json);
        using JsonDocument document = JsonDocument.Parse(json.ToArray());
        JsonElement files = document.RootElement.GetProperty("recovery_points").GetProperty("items")[0];
        Assert.Equal((28, 2, 72.5 * 3600), (files.GetProperty("backups").GetInt32(), files.GetProperty("backups_failed").GetInt32(), files.GetProperty("worst_loss_seconds").GetDouble()));
        Assert.False(document.RootElement.GetProperty("evidence").GetProperty("complete").GetBoolean());
    }

    /// <summary>A spreadsheet must not run what somebody gave as a reason.</summary>
    [Fact]
    public void The_csv_has_a_value_a_line_and_no_formulas()
    {
        using StringWriter text = new();
        CsvReportWriter.Write(RecordMaker.FullReport(), ReportLanguage.English, text);
        string[] lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("\"section\",\"controls\",\"table\",\"row\",\"column\",\"value\"", lines[0]);
        Assert.All(lines, line => Assert.Matches("^\"(?:[^\"]|\"\")*\"(?:,\"(?:[^\"]|\"\")*\"){5}$", line));
        Assert.Contains("\"'=cmd|' /C calc'!A0\"", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotMatch("\"[=+@-]", text.ToString());
    }

    internal static string Html(string language)
    {
        StringBuilder text = new();
        using StringWriter output = new(text);
        HtmlReportWriter.Write(RecordMaker.FullReport(), language == "nl" ? ReportLanguage.Dutch : ReportLanguage.English, output);
        return text.ToString();
    }
}
