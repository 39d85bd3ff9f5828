using System.Text.RegularExpressions;
using Xunit;

namespace Dedup.Tests.Architecture;

/// <summary>What holds for every file of the project.</summary>
public sealed partial class RepositoryLintTests
{
    private const int MaxLines = 400;

    [Fact]
    public void Nothing_is_left_to_be_done_later() => AssertNone(
        "say it in an issue, or do it",
        from file in ProjectFiles.Sources("src").Concat(ProjectFiles.Sources("tests"))
        from line in File.ReadLines(file)
        where LeftOpen().IsMatch(line)
        select $"{ProjectFiles.Relative(file)}: {line.Trim()}");

    [Fact]
    public void Files_are_short() => AssertNone(
        $"more than {MaxLines} lines; split it",
        from file in ProjectFiles.Sources("src")
        let lines = File.ReadLines(file).Count()
        where lines > MaxLines
        select $"{ProjectFiles.Relative(file)}: {lines}");

    [Fact]
    public void A_file_holds_one_type_of_its_own_name() => AssertNone(
        "one type a file, named as the file",
        from file in ProjectFiles.Sources("src")
        let types = TopLevelType().Matches(File.ReadAllText(file)).Select(static match => match.Groups[1].Value).ToArray()
        where Path.GetFileName(file) != "Program.cs" && (types.Length != 1 || types[0] != Path.GetFileName(file).Split('.')[0])
        select $"{ProjectFiles.Relative(file)}: {string.Join(", ", types)}");

    [Fact]
    public void Links_of_the_documents_lead_somewhere() => AssertNone(
        "there is nothing at the end of this link",
        from file in Directory.EnumerateFiles(Path.Combine(ProjectFiles.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(ProjectFiles.Root, "*.md"))
        from Match link in Link().Matches(File.ReadAllText(file))
        let target = link.Groups[1].Value
        where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal) && !LeadsSomewhere(file, target)
        select $"{ProjectFiles.Relative(file)}: {target}");

    [Fact]
    public void The_documents_that_the_files_name_are_there() => AssertNone(
        "there is no such document",
        from file in ProjectFiles.Sources("src").Concat(Directory.EnumerateFiles(Path.Combine(ProjectFiles.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(ProjectFiles.Root, "*.md"))
        from Match document in Document().Matches(File.ReadAllText(file))
        where !File.Exists(Path.Combine(ProjectFiles.Root, document.Value))
        select $"{ProjectFiles.Relative(file)}: {document.Value}");

    // In two parts, so that this file does not name what it looks for.
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|XX" + @"X)\b")]
    private static partial Regex LeftOpen();

    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe|record) )*(?:class|struct|interface|enum|record) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\bdocs/[\w./-]+\.md\b")]
    private static partial Regex Document();

    [GeneratedRegex(@"^#+ +(.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();

    private static bool LeadsSomewhere(string file, string target)
    {
        string[] parts = target.Split('#', 2);
        string path = parts[0].Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, parts[0]));
        return parts.Length == 1
            ? Path.Exists(path)
            : File.Exists(path) && Heading().Matches(File.ReadAllText(path)).Any(heading => Anchor(heading.Groups[1].Value) == parts[1]);
    }

    private static string Anchor(string heading) => NotInAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static void AssertNone(string what, IEnumerable<string> offences)
    {
        string found = string.Join('\n', offences);
        Assert.True(found.Length == 0, $"{what}:\n{found}");
    }
}
