using Dedup.Catalogue;
using Dedup.Format;
using Dedup.Restore;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Dedup.Tests.Restore;

public sealed class RangePlannerTests
{
    private const int KiB = 1 << 10, MiB = 1 << 20;

    [Fact]
    public void Records_that_follow_each_other_are_one_range() =>
        Assert.Equal([(0, 300)], Plan(MakePiece(0, 100, 100), MakePiece(0, 0, 100), MakePiece(0, 200, 100)));

    [Fact]
    public void A_gap_of_up_to_128_kibibytes_is_read_and_a_longer_one_is_not()
    {
        Assert.Equal([(0, 200 + (128 * KiB))], Plan(MakePiece(0, 0, 100), MakePiece(0, 100 + (128 * KiB), 100)));
        Assert.Equal([(0, 100), (101 + (128 * KiB), 100)], Plan(MakePiece(0, 0, 100), MakePiece(0, 101 + (128 * KiB), 100)));
    }

    [Fact]
    public void A_range_is_four_mebibytes_long_unless_one_record_is_longer()
    {
        Assert.Equal([(0, 4 * MiB), (4 * MiB, MiB)], Plan([.. Enumerable.Range(0, 5).Select(i => MakePiece(0, i * MiB, MiB))]));
        Assert.Equal([(0, 65 * MiB), (65 * MiB, 1)], Plan(MakePiece(0, 0, 65 * MiB), MakePiece(0, 65 * MiB, 1)));
    }

    [Fact]
    public void Packs_are_never_read_together() =>
        Assert.Equal([(0, 200), (100, 100)], Plan(MakePiece(1, 0, 100), MakePiece(2, 100, 100), MakePiece(1, 100, 100)));

    [Fact]
    public void A_chunk_needed_often_is_read_once() =>
        Assert.Equal([(500, 100)], Plan(MakePiece(0, 500, 100), MakePiece(0, 500, 100), MakePiece(0, 500, 100)));

    [Fact]
    public void Nothing_is_nothing() => Assert.Empty(RangePlanner.Plan([]));

    [Fact]
    public void Every_piece_is_in_one_range_that_holds_it() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20_260_102UL, 104_729UL),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            RestorePiece[] pieces = [.. Enumerable.Range(0, random.Next(200)).Select(i =>
                MakePiece(random.Next(3), random.Next(64) * 64 * KiB, 64 * KiB) with { Offset = i })];
            PackRange[] ranges = [.. RangePlanner.Plan([.. pieces])];
            Assert.Equal(pieces.OrderBy(piece => piece.Offset), ranges.SelectMany(range => range.Pieces).OrderBy(piece => piece.Offset));
            Assert.All(ranges, range => Assert.All(range.Pieces, piece =>
            {
                Assert.Equal(range.Pack, piece.Location.Pack);
                Assert.InRange(piece.Location.Entry.Offset, range.Offset, range.Offset + range.Length - piece.Location.Entry.StoredLength);
            }));
            Assert.All(ranges, range => Assert.Equal(range.Pieces.Select(piece => piece.Location.Entry.Offset).Order(), range.Pieces.Select(piece => piece.Location.Entry.Offset)));
        }));

    private static (long Offset, int Length)[] Plan(params RestorePiece[] pieces) =>
        [.. RangePlanner.Plan(pieces).Select(range => (range.Offset, range.Length))];

    private static RestorePiece MakePiece(int pack, int offset, int length) =>
        new(null!, 0, new BlobLocation(MakePack((byte)pack), PackKind.Data, new PackEntry(default, BlobKind.Data, BlobCodec.None, length, length, offset, 0)));

    private static PackId MakePack(byte number) => new([number, .. new byte[PackId.Length - 1]]);
}
