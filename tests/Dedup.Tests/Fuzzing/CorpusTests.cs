using Dedup.Fuzz;
using Xunit;

namespace Dedup.Tests.Fuzzing;

/// <summary>The inputs that are committed: the seeds, what reached far, and what once found a fault.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Fuzzers() => [.. FuzzerCatalogue.Names];

    [Theory]
    [MemberData(nameof(Fuzzers))]
    public void No_committed_input_fails(string fuzzer)
    {
        using StringWriter output = new();
        Assert.True(ReplayMode.Run([fuzzer], output) == 0, output.ToString());
    }

    [Theory]
    [MemberData(nameof(Fuzzers))]
    public void Every_fuzzer_has_a_corpus(string fuzzer) => Assert.NotEmpty(Corpus.FilesOf(fuzzer));

    [Fact]
    public void Every_corpus_has_a_fuzzer() =>
        Assert.Equal(FuzzerCatalogue.Names, Directory.GetDirectories(Corpus.Folder).Select(static folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal).ToArray());
}
