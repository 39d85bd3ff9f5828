using Dedup.Compression;
using Xunit;

namespace Dedup.Tests.Compression;

public sealed class ZstdProbeTests
{
    [Theory]
    [InlineData(4 << 10)]
    [InlineData(100_001)]
    [InlineData(8 << 20)]
    public void Random_data_is_found_incompressible_and_data_of_other_kinds_is_not(int length)
    {
        using ZstdProbe probe = new();
        byte[] scratch = new byte[BlobCompressor.MaxCompressedLength(length)];
        foreach (SampleData.Kind kind in Enum.GetValues<SampleData.Kind>())
        {
            byte[] plain = SampleData.Create(kind, length, seed: length);
            Assert.Equal(kind == SampleData.Kind.Random, probe.IsIncompressible(plain, scratch));
        }
    }
}
