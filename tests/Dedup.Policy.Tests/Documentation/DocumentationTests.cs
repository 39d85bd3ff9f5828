using Dedup.Policy.Reading;
using Xunit;

namespace Dedup.Policy.Tests.Documentation;

/// <summary>What users and editors are told of a policy's keys is what the reader knows.</summary>
public sealed class DocumentationTests
{
    private const string RemakeVariable = "DEDUP_REMAKE_POLICY_DOCUMENTATION";

    private const string Begin = "<!-- From the reader's table of keys: a test writes it. -->\n", End = "<!-- End of the keys. -->\n";

    [Fact]
    public void The_schema_is_the_readers_table_of_keys() => Compare("docs/dedup.schema.json", static _ => PolicySchema.Write());

    [Fact]
    public void The_documentation_tells_every_key_with_its_default() => Compare("docs/policy.md", static text =>
    {
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = text.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin >= Begin.Length && end > 0, "docs/policy.md has no place for the keys");
        return text[..begin] + PolicyReference.Write() + text[end..];
    });

    [Fact]
    public void Sections_have_names_of_their_own() =>
        Assert.Equal(PolicySections.All.Count, PolicySections.All.Select(static section => section.Name).Distinct().Count());

    [Fact]
    public void Every_key_says_what_it_is() => Assert.All(PolicySections.All.SelectMany(static section => section.Keys), static key =>
    {
        Assert.EndsWith(".", key.Description, StringComparison.Ordinal);
        Assert.NotEmpty(key.Example);
        Assert.Equal(key.Kind is ValueKind.Section or ValueKind.NamedSections, key.Section is not null);
        Assert.Equal(key.Kind is ValueKind.Choice, key.Choices.Count > 0);
    });

    [Fact]
    public void Every_example_of_the_documentation_is_without_mistakes()
    {
        string[] parts = File.ReadAllText(Path.Combine(PolicyFiles.Root, "docs/policy.md")).Split("```yaml\n");
        Assert.True(parts.Length > 1);
        Assert.All(parts.Skip(1), static part => PolicyFiles.Read(part[..part.IndexOf("```", StringComparison.Ordinal)]));
    }

    private static void Compare(string name, Func<string, string> write)
    {
        string path = Path.Combine(PolicyFiles.Root, name), text = File.Exists(path) ? File.ReadAllText(path) : "", expected = write(text);
        if (Environment.GetEnvironmentVariable(RemakeVariable) is { Length: > 0 })
        {
            File.WriteAllText(path, expected);
            text = expected;
        }

        Assert.True(text == expected, $"{name} differs from the reader's table of keys. If that is meant, run this test with {RemakeVariable}=1 and commit the file.");
    }
}
