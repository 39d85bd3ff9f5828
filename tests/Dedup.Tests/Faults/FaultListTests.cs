using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dedup.Tests.Architecture;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>Each row of the list of faults has a test, in whatever project, and docs/testing.md leads to it.</summary>
public sealed partial class FaultListTests
{
    private const string RemakeVariable = "DEDUP_REMAKE_FAULT_TABLE";
    private const string Begin = "<!-- The table is made from the tests: see below. -->\n", End = "<!-- The end of the table. -->";

    [Fact]
    public void Each_fault_has_a_test()
    {
        Assert.Equal(Enumerable.Range(1, 58), FaultList.Rows.Select(static row => row.Number));
        ILookup<int, string> tests = FindTests();
        Assert.Empty(FaultList.Rows.Where(row => !tests.Contains(row.Number)).Select(static row => $"{row.Number}: {row.Fault}"));
        Assert.Empty(tests.Select(static group => group.Key).Except(FaultList.Rows.Select(static row => row.Number)));
    }

    [Fact]
    public void The_document_shows_the_faults_with_their_tests()
    {
        string path = Path.Combine(ProjectFiles.Root, "docs/testing.md");
        string text = File.ReadAllText(path);
        int start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = text.IndexOf(End, StringComparison.Ordinal);
        string made = text[..start] + MakeTable() + text[end..];
        if (Environment.GetEnvironmentVariable(RemakeVariable) is { Length: > 0 })
        {
            File.WriteAllText(path, made);
        }

        Assert.True(File.ReadAllText(path) == made, $"docs/testing.md differs from what the tests say; run this test with {RemakeVariable}=1 and commit the file.");
    }

    private static string MakeTable()
    {
        ILookup<int, string> tests = FindTests();
        StringBuilder table = new("| # | fault | expected | tests |\n|---|---|---|---|\n");
        foreach ((int number, string fault, string expected) in FaultList.Rows)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {number} | {fault} | {expected} | {string.Join("; ", tests[number])} |\n");
        }

        return table.ToString();
    }

    /// <summary>Links to the tests of each row. They are read from the sources, since they lie in projects that need not be built for this one.</summary>
    private static ILookup<int, string> FindTests() => (
        from file in ProjectFiles.Sources("tests")
        from Match match in Marked().Matches(File.ReadAllText(file))
        let link = $"[{match.Groups[2].Value.Replace('_', ' ')}](../{ProjectFiles.Relative(file)})"
        from row in match.Groups[1].Value.Split(',')
        select (Row: int.Parse(row, CultureInfo.InvariantCulture), Link: link)).ToLookup(static test => test.Row, static test => test.Link);

    /// <summary>The attribute, other attributes, and the method.</summary>
    [GeneratedRegex(@"^    \[Fault\(([\d, ]+)\)\]\r?\n(?:    \[.*\]\r?\n)*    public (?:async )?(?:Task|void) (\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Marked();
}
