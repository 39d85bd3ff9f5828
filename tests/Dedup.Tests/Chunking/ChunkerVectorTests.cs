using Dedup.Chunking;
using Xunit;

namespace Dedup.Tests.Chunking;

/// <summary>The vector file holds the definition still: repositories made years ago must be cut the same.</summary>
public sealed class ChunkerVectorTests
{
    [Fact]
    public void The_slow_implementation_gives_the_vector_file_byte_for_byte()
    {
        string made = VectorFile.Write(VectorCase.All.Select(@case =>
        {
            byte[] data = @case.MakeData();
            var anchors = ReferenceChunker.Anchors(data, ChunkerTestData.Key, @case.Parameters.TargetLength);
            List<int> candidates = ReferenceChunker.Candidates(anchors, data.Length);
            List<int> cuts = ReferenceChunker.Cuts(
                candidates, data.Length, @case.Parameters.MinLength, @case.Parameters.MaxLength);
            return (@case, anchors, cuts);
        }));

        if (Environment.GetEnvironmentVariable("DEDUP_REMAKE_VECTORS") is { Length: > 0 } path)
        {
            File.WriteAllText(path, made);
        }

        Assert.Equal(File.ReadAllText(VectorFile.PathOfFile), made);
    }

    [Fact]
    public void The_engine_gives_the_vector_file_byte_for_byte()
    {
        string made = VectorFile.Write(VectorCase.All.Select(@case =>
        {
            byte[] data = @case.MakeData();
            List<int> cuts = EngineProbe.Cuts(data, ChunkerTestData.Key, @case.Parameters, RawHitScanner.Best);
            return (@case, EngineProbe.Anchors(data, ChunkerTestData.Key, @case.Parameters.TargetLength), cuts);
        }));

        Assert.Equal(File.ReadAllText(VectorFile.PathOfFile), made);
    }
}
