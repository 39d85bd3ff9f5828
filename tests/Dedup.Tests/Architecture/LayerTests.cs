using System.Text.RegularExpressions;
using Xunit;

namespace Dedup.Tests.Architecture;

/// <summary>The folders of src/Dedup are layers: each uses those before it only.</summary>
public sealed partial class LayerTests
{
    /// <summary>Has the namespace of the root files, and is below all.</summary>
    private const string Lowest = "Primitives";

    private static readonly string[] Layers =
    [
        Lowest, "Telemetry", "Native", "Chunking", "Compression", "Crypto", "Trees", "Archives", "Filtering", "Snapshots", "Retention", "Evidence", "Format", "Packing", "Keys", "Catalogue",
        "Sessions", "Content", "Sources", "Recording", "Backup", "Restore", "Pruning", "Maintenance", "Repairing", "Replication", "Copying", "Exporting", "Looking", "Tagging", "Browsing", "Verifying",
    ];

    /// <summary>What people do with a repository: none of these needs another.</summary>
    private static readonly string[] Operations = ["Backup", "Restore", "Pruning", "Maintenance", "Repairing", "Replication", "Copying", "Exporting", "Looking", "Tagging", "Browsing", "Verifying"];

    [Fact]
    public void Every_folder_is_a_layer_and_every_layer_a_folder() => Assert.Equal(
        Layers.Order(StringComparer.Ordinal),
        ProjectFiles.Sources("src/Dedup").Select(FolderOf).Where(static folder => folder.Length > 0).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Files_lie_where_their_namespace_says() => AssertNone(ProjectFiles.Sources("src/Dedup").Where(static file =>
    {
        string folder = FolderOf(file);
        string expected = folder is "" or Lowest ? "Dedup" : $"Dedup.{folder}";
        return !Regex.IsMatch(CodeOf(file), $"^namespace {Regex.Escape(expected)};$", RegexOptions.Multiline);
    }));

    [Fact]
    public void A_folder_uses_only_what_is_below_it() => AssertNone(
        from file in ProjectFiles.Sources("src/Dedup")
        let folder = FolderOf(file)
        where folder.Length > 0
        from used in UsedLayers(CodeOf(file))
        where Array.IndexOf(Layers, used) > Array.IndexOf(Layers, folder) || (Operations.Contains(folder) && Operations.Contains(used) && folder != used)
        select $"{ProjectFiles.Relative(file)} uses {used}");

    [Fact]
    public void No_folder_uses_the_facade()
    {
        string[] facade =
        [
            .. ProjectFiles.Sources("src/Dedup").Where(static file => FolderOf(file).Length == 0)
                .Select(static file => Path.GetFileName(file).Split('.')[0]).Distinct(),
        ];
        Assert.Contains("Repository", facade);
        AssertNone(
            from file in ProjectFiles.Sources("src/Dedup")
            where FolderOf(file).Length > 0
            from type in facade
            where Regex.IsMatch(CodeOf(file), $@"(?<![.\w""]){type}(?=[ ?>)]+\w+[,)\s;]|\.\w+\(|\()")
            select $"{ProjectFiles.Relative(file)} uses {type}");
    }

    [Fact]
    public void The_stores_use_nothing_of_ours()
    {
        AssertNone(ProjectFiles.Sources("src/Dedup.Storage").Where(static file => OurNamespace().Matches(CodeOf(file))
            .Any(static match => match.Groups[1].Value != "Storage")));
        Assert.DoesNotContain("ProjectReference", File.ReadAllText(Path.Combine(ProjectFiles.Root, "src/Dedup.Storage/Dedup.Storage.csproj")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_store_in_S3_uses_the_stores_only()
    {
        AssertNone(ProjectFiles.Sources("src/Dedup.Storage.S3").Where(static file => OurNamespace().Matches(CodeOf(file))
            .Any(static match => match.Groups[1].Value != "Storage")));
        string project = File.ReadAllText(Path.Combine(ProjectFiles.Root, "src/Dedup.Storage.S3/Dedup.Storage.S3.csproj"));
        Assert.Equal(["Dedup.Storage"], Regex.Matches(project, @"ProjectReference Include=""\.\./([\w.]+)/").Select(static match => match.Groups[1].Value));
    }

    [Fact]
    public void The_engine_needs_no_S3() => AssertNone(
        from project in (string[])["src/Dedup/Dedup.csproj", "src/Dedup.Storage/Dedup.Storage.csproj"]
        where Regex.IsMatch(File.ReadAllText(Path.Combine(ProjectFiles.Root, project)), "AWSSDK|Reference Include=\"[^\"]*S3")
        select project);

    [GeneratedRegex(@"\bDedup\.([A-Z]\w*)")]
    private static partial Regex OurNamespace();

    [GeneratedRegex(@"(?<![.\w])([A-Z]\w*)\.[A-Z]\w*")]
    private static partial Regex PartlyQualified();

    [GeneratedRegex("^ *//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    private static void AssertNone(IEnumerable<string> offences)
    {
        string found = string.Join('\n', offences);
        Assert.True(found.Length == 0, "These break the order of the folders:\n" + found);
    }

    // Without comments, whose references are for people.
    private static string CodeOf(string file) => Comment().Replace(File.ReadAllText(file), "");

    private static string FolderOf(string file)
    {
        string[] parts = ProjectFiles.Relative(file).Split('/');
        return parts.Length > 3 ? parts[2] : "";
    }

    private static IEnumerable<string> UsedLayers(string code)
    {
        IEnumerable<string> whole = OurNamespace().Matches(code).Select(static match => match.Groups[1].Value);

        // From within Dedup a layer's type may also be called Trees.Node. Properties named as layers show up too: they are no types.
        IEnumerable<string> partly = PartlyQualified().Matches(code)
            .Where(static match => typeof(Repository).Assembly.GetType("Dedup." + match.Value) is not null)
            .Select(static match => match.Groups[1].Value);
        return whole.Concat(partly).Where(Layers.Contains).Distinct();
    }
}
