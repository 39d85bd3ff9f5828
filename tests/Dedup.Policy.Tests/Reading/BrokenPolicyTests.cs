using Dedup.Policy.Reading;
using Xunit;

namespace Dedup.Policy.Tests.Reading;

/// <summary>Each file of Broken has beside it what is to be said of it: line, column, what is wrong, what to do.</summary>
public sealed class BrokenPolicyTests
{
    /// <summary>With DEDUP_REMAKE_BROKEN_POLICIES set, what is said now is written beside the files; read it before you commit it.</summary>
    private const string RemakeVariable = "DEDUP_REMAKE_BROKEN_POLICIES";

    private static string Folder => Path.Combine(PolicyFiles.Root, "tests/Dedup.Policy.Tests/Broken");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.yaml").Select(static path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_mistake_is_told_with_its_place_and_what_to_do(string name)
    {
        PolicyReading reading = PolicyFile.Read(Path.Combine(Folder, name + ".yaml"));
        string[] told = [.. reading.Mistakes.Select(static mistake => mistake.ToString())];
        string expected = Path.Combine(Folder, name + ".txt");
        if (Environment.GetEnvironmentVariable(RemakeVariable) is { Length: > 0 })
        {
            File.WriteAllLines(expected, told);
        }

        Assert.Equal(File.ReadAllLines(expected), told);
        Assert.NotEmpty(told);
        Assert.Equal(reading.Mistakes.All(static mistake => mistake.Severity == MistakeSeverity.Warning), reading.Policy is not null);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_mistake_lies_in_the_file_and_repeats_no_secret(string name)
    {
        string path = Path.Combine(Folder, name + ".yaml");
        string[] lines = File.ReadAllText(path).Split('\n');
        Assert.All(PolicyFile.Read(path).Mistakes, mistake =>
        {
            Assert.InRange(mistake.Line, 1, lines.Length);
            Assert.InRange(mistake.Column, 1, lines[mistake.Line - 1].Length + 1);
            Assert.NotEmpty(mistake.Message);
            Assert.NotEmpty(mistake.Suggestion);
            Assert.DoesNotContain("hunter2", mistake.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void There_are_more_than_sixty_of_them() => Assert.True(Files.Count > 60);
}
