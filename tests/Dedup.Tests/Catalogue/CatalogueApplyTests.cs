using Dedup.Catalogue;
using Dedup.Format;
using Xunit;
using static Dedup.Tests.Catalogue.CatalogueFixture;

namespace Dedup.Tests.Catalogue;

public sealed class CatalogueApplyTests : IDisposable
{
    private readonly CatalogueFixture _fixture = new();
    private readonly CatalogueDatabase _catalogue;

    public CatalogueApplyTests() => _catalogue = _fixture.Open();

    public void Dispose()
    {
        _catalogue.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public void The_same_change_twice_is_the_change_once()
    {
        var change = new CatalogueChange { SegmentsAdded = [Segment(1, Pack(1, 1, 2), Pack(2, 3))], PacksAdded = [Pack(3, 4)] };
        _catalogue.Apply(change);
        (CatalogueTotals totals, long epoch) = (_catalogue.Totals, _catalogue.Epoch);
        _catalogue.Apply(change);
        Assert.Equal((totals, epoch), (_catalogue.Totals, _catalogue.Epoch));
        Assert.Single(_catalogue.FindAll(Blob(1)));
        var removal = new CatalogueChange { SegmentsRemoved = [Id(3_000_001)], PacksGone = [PackName(1)] };
        _catalogue.Apply(removal);
        (totals, epoch) = (_catalogue.Totals, _catalogue.Epoch);
        _catalogue.Apply(removal);
        Assert.Equal((totals, epoch), (_catalogue.Totals, _catalogue.Epoch));
        Assert.Equal(new CatalogueTotals(2, 2, 200_005), totals);
    }

    [Fact]
    public void The_blobs_of_a_pack_that_is_gone_are_forgotten_and_others_stay()
    {
        _catalogue.Apply(Adding(Pack(1, Enumerable.Range(0, 200)), Pack(2, Enumerable.Range(100, 200))));
        _catalogue.Apply(new CatalogueChange { PacksGone = [PackName(1)] });
        Assert.All(Enumerable.Range(0, 100), i => Assert.Empty(_catalogue.FindAll(Blob(i))));
        Assert.All(Enumerable.Range(100, 200), i => Assert.Equal(PackName(2), Assert.Single(_catalogue.FindAll(Blob(i))).Pack));
        Assert.Null(_catalogue.ReadPack(PackName(1)));
        Assert.Equal(new CatalogueTotals(1, 200, 100_002), _catalogue.Totals);
    }

    [Fact]
    public void A_pack_that_comes_back_is_known_again_and_listed_by_the_segment_that_always_did()
    {
        PackDirectory pack = Pack(1, 1, 2);
        _catalogue.Apply(new CatalogueChange { SegmentsAdded = [Segment(1, pack)] });
        _catalogue.Apply(new CatalogueChange { PacksGone = [pack.Id] });
        Assert.Empty(_catalogue.ReadPacks());
        _catalogue.Apply(Adding(pack));
        Assert.True(Assert.Single(_catalogue.ReadPacks()).IsListed);
        Assert.True(_catalogue.TryFind(Blob(1), out _));
    }

    [Fact]
    public void A_pack_whose_segments_are_all_removed_stays_known_but_unlisted()
    {
        PackDirectory pack = Pack(1, 1);
        _catalogue.Apply(new CatalogueChange { SegmentsAdded = [Segment(1, pack), Segment(2, pack)] });
        _catalogue.Apply(new CatalogueChange { SegmentsRemoved = [Id(3_000_001)] });
        Assert.True(Assert.Single(_catalogue.ReadPacks()).IsListed);
        _catalogue.Apply(new CatalogueChange { SegmentsRemoved = [Id(3_000_002)] });
        Assert.False(Assert.Single(_catalogue.ReadPacks()).IsListed);
        Assert.True(_catalogue.TryFind(Blob(1), out _));
        Assert.Empty(_catalogue.ReadSegments());
    }

    [Fact]
    public void A_change_that_is_refused_leaves_nothing_behind()
    {
        PackDirectory wrong = Pack(2, 5, 6) with { Entries = [Pack(2, 5).Entries[0] with { Ordinal = 1 }] };
        Assert.Throws<ArgumentException>(() =>
            _catalogue.Apply(new CatalogueChange { SegmentsAdded = [Segment(1, Pack(1, 1), wrong)] }));
        Assert.Empty(_catalogue.ReadSegments());
        Assert.Empty(_catalogue.FindAll(Blob(1)));
        Assert.Equal(default, _catalogue.Totals);
        _catalogue.Apply(Adding(Pack(1, 1)));
        Assert.True(_catalogue.TryFind(Blob(1), out _));
    }

    [Fact]
    public void A_full_disk_is_told_and_leaves_the_file_whole()
    {
        using var connection = new SqliteConnection(_fixture.Database, cacheKibibytes: 64, readOnly: false);
        connection.Execute("PRAGMA max_page_count = 20");
        CatalogueException e = Assert.Throws<CatalogueException>(() => connection.Transact("BEGIN IMMEDIATE", () =>
            connection.Execute("INSERT INTO directories VALUES(1, zeroblob(32), 0, zeroblob(1000000))")));
        Assert.Contains("no space is left", e.Message, StringComparison.Ordinal);
        Assert.Contains(_fixture.Database, e.Message, StringComparison.Ordinal);
        _catalogue.Apply(Adding(Pack(1, 1)));
        Assert.True(_catalogue.TryFind(Blob(1), out _));
    }
}
