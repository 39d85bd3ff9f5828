using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Format;

/// <summary>The vectors hold the format still: repositories made years ago must be read the same, and damage refused.</summary>
public sealed class FormatVectorTests
{
    public static TheoryData<string> Files() => [.. VectorFolder.FileNames];

    /// <summary>With DEDUP_REMAKE_FORMAT_VECTORS set to a folder, the files are written there.</summary>
    [Fact]
    public void The_generator_gives_the_vector_files_byte_for_byte()
    {
        if (Environment.GetEnvironmentVariable("DEDUP_REMAKE_FORMAT_VECTORS") is { Length: > 0 } folder)
        {
            foreach (FormatVector vector in VectorGenerator.All)
            {
                File.WriteAllText(Path.Combine(folder, vector.FileName), vector.ToText());
            }
        }

        Assert.Equal(VectorFolder.FileNames, VectorGenerator.All.Select(vector => vector.FileName).Order(StringComparer.Ordinal));
        Assert.All(VectorGenerator.All, vector => Assert.Equal(VectorFolder.ReadText(vector.FileName), vector.ToText()));
    }

    [Fault(44, 46, 47, 51)]
    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_engine_does_with_a_vector_what_it_says(string file)
    {
        FormatVector vector = VectorFolder.Read(file);
        Assert.Equal(vector.Values, await EngineVerdict.ReadAsync(vector));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_independent_reader_does_with_a_vector_what_it_says(string file)
    {
        FormatVector vector = VectorFolder.Read(file);
        Assert.Equal(vector.Values, IndependentVerdict.Read(vector));
    }
}
