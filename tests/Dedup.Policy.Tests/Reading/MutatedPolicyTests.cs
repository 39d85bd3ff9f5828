using System.Text;
using Dedup.Policy.Reading;
using Xunit;

namespace Dedup.Policy.Tests.Reading;

/// <summary>Whatever a file holds, reading it tells mistakes and throws nothing.</summary>
public sealed class MutatedPolicyTests
{
    private const int Mutations = 4000;

    private static readonly string[] Pieces =
        ["\n", "\n  ", "\n    - ", ": ", "- ", "{", "}", "[", "]", "\"", "'", "&a ", "*a", "!!str ", "|", ">", "%", "#", "? ", "---\n", "...\n", "\t", "~", "null", "0", "99999999999", "é", "\0", "<<: *a", ",", "@", "`"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_mutated_policy_is_read_or_its_mistakes_are_told(int seed)
    {
        Random random = new(seed);
        string[] sources = [.. Directory.GetFiles(Path.Combine(PolicyFiles.Root, "tests/Dedup.Policy.Tests/Broken"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        for (int i = 0; i < Mutations; i++)
        {
            StringBuilder text = new(sources[random.Next(sources.Length)]);
            for (int count = random.Next(1, 4); count > 0; count--)
            {
                int at = random.Next(text.Length + 1);
                if (random.Next(2) == 0)
                {
                    text.Remove(at, Math.Min(random.Next(1, 30), text.Length - at));
                }
                else
                {
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                }
            }

            byte[] content = Encoding.UTF8.GetBytes(text.ToString());
            Exception? thrown = Record.Exception(() =>
            {
                PolicyReading reading = PolicyFile.Parse(content);
                Assert.Equal(reading.Policy is null, reading.Mistakes.Any(static mistake => mistake.Severity == MistakeSeverity.Mistake));
                Assert.All(reading.Mistakes, static mistake => Assert.True(mistake.Line >= 1 && mistake.Column >= 1));
            });
            Assert.True(thrown is null, $"seed {seed}, mutation {i}: {thrown}\n{text}");
        }
    }
}
