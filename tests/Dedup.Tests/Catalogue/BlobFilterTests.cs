using Dedup.Catalogue;
using Xunit;
using static Dedup.Tests.Catalogue.CatalogueFixture;

namespace Dedup.Tests.Catalogue;

public class BlobFilterTests
{
    [Theory]
    [InlineData(1_000_000, 0.8)]
    [InlineData(1_500_000, 3.5)]
    public void It_knows_all_that_was_added_and_errs_for_few_others(int blobs, double percent)
    {
        var random = new Random(blobs);
        var filter = new BlobFilter(BlobFilter.PagesFor(1_000_000));
        long[] added = [.. Enumerable.Range(0, blobs).Select(_ => random.NextInt64() >> 15)];
        foreach (long prefix in added)
        {
            Assert.False(filter.IsFull);
            filter.Add(prefix);
        }

        Assert.All(added.Take(100_000), prefix => Assert.True(filter.MayContain(prefix)));
        int wrong = Enumerable.Range(0, 100_000).Count(_ => filter.MayContain(random.NextInt64() >> 15));
        Assert.InRange(wrong / 1000.0, 0, percent);
    }

    [Fact]
    public void The_prefix_of_an_id_is_its_first_48_bits_in_the_order_of_the_ids()
    {
        byte[] id = Id(3).ToArray();
        id[0] = 0xf0;
        long prefix = Place.Prefix(new Bytes32(id));
        Assert.Equal(Convert.ToHexString(id, 0, 6), (prefix & 0xffff_ffff_ffff).ToString("X12", null));
        Assert.InRange(prefix, -(1L << 47), -1);
    }
}
