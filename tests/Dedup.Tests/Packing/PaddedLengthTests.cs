using System.Numerics;
using Dedup.Format;
using Xunit;

namespace Dedup.Tests.Packing;

public sealed class PaddedLengthTests
{
    // Lengths of packs from the shortest on: every one at first, then some near and between powers of two.
    private static readonly long[] Lengths =
    [
        .. Enumerable.Range(1, 5000).Select(i => (long)i),
        .. Enumerable.Range(12, 18).SelectMany(e => (long[])[(1L << e) - 1, 1L << e, (1L << e) + 1, (3L << e) / 2, ((3L << e) / 2) + 12_345]),
    ];

    [Fact]
    public void A_length_never_shrinks_nor_grows_by_more_than_an_eighth_or_a_granule() => Assert.All(Lengths, length =>
    {
        long padded = PackLayout.PaddedLength(length);
        Assert.InRange(padded, length, length + Math.Min(length / 8, PackLayout.MaxPaddingGranule - 1));
    });

    [Fact]
    public void A_padded_length_stays_as_it_is() =>
        Assert.All(Lengths, length => Assert.Equal(PackLayout.PaddedLength(length), PackLayout.PaddedLength(PackLayout.PaddedLength(length))));

    [Fact]
    public void A_longer_pack_is_never_padded_to_less()
    {
        long[] sorted = [.. Lengths.Order()];
        Assert.All(sorted.Zip(sorted.Skip(1)), pair => Assert.True(PackLayout.PaddedLength(pair.First) <= PackLayout.PaddedLength(pair.Second)));
    }

    [Fact]
    public void Few_bits_of_a_length_are_left_to_see() => Assert.All(Lengths.Where(length => length > 16), length =>
    {
        // Padme as its paper gives it: E = floor(log2 L), S = floor(log2 E) + 1, the low E - S bits are zero.
        int e = BitOperations.Log2((ulong)length), s = BitOperations.Log2((uint)e) + 1;
        long granule = Math.Min(1L << (e - s), PackLayout.MaxPaddingGranule);
        Assert.Equal(0, PackLayout.PaddedLength(length) % granule);
        Assert.True(PackLayout.PaddedLength(length) - length < granule);
    });
}
