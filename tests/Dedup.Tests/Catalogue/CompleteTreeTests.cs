using Dedup.Catalogue;
using Xunit;
using static Dedup.Tests.Catalogue.CatalogueFixture;

namespace Dedup.Tests.Catalogue;

public sealed class CompleteTreeTests : IDisposable
{
    private readonly CatalogueFixture _fixture = new();
    private readonly CatalogueDatabase _catalogue;

    public CompleteTreeTests()
    {
        _catalogue = _fixture.Open();
        _catalogue.Apply(new CatalogueChange
        {
            SegmentsAdded = [Segment(1, Pack(1, 1, 2), Pack(2, 3))],
            PacksAdded = [Pack(3, 4)],
        });
        Assert.True(_catalogue.MarkComplete([Blob(1), Blob(2)], _catalogue.Epoch));
    }

    public void Dispose()
    {
        _catalogue.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public void A_marked_tree_is_complete_and_others_are_not()
    {
        Assert.True(_catalogue.IsComplete(Blob(1)));
        Assert.True(_catalogue.IsComplete(Blob(2)));
        Assert.False(_catalogue.IsComplete(Blob(3)));
    }

    [Fact]
    public void Additions_and_a_segment_replaced_by_one_that_lists_the_same_packs_void_nothing()
    {
        _catalogue.Apply(new CatalogueChange
        {
            SegmentsAdded = [Segment(2, Pack(1, 1, 2), Pack(2, 3), Pack(4, 9))],
            SegmentsRemoved = [Id(3_000_001)],
            PacksGone = [PackName(77)],
        });
        Assert.True(_catalogue.IsComplete(Blob(1)));
    }

    [Fact]
    public void A_pack_that_is_gone_voids_all_marks() => AssertVoids(new CatalogueChange { PacksGone = [PackName(3)] });

    [Fact]
    public void A_segment_removed_without_another_that_lists_its_packs_voids_all_marks() =>
        AssertVoids(new CatalogueChange { SegmentsAdded = [Segment(2, Pack(1, 1, 2))], SegmentsRemoved = [Id(3_000_001)] });

    [Fact]
    public void A_pack_gone_and_another_added_in_one_change_voids_all_marks() =>
        AssertVoids(new CatalogueChange { PacksAdded = [Pack(7, 4) with { Length = 100_003 }], PacksGone = [PackName(3)] });

    [Fact]
    public void A_mark_made_for_an_earlier_epoch_is_refused()
    {
        long epoch = _catalogue.Epoch;
        using (CatalogueDatabase other = _fixture.Open())
        {
            other.Apply(new CatalogueChange { PacksGone = [PackName(3)] });
        }

        Assert.False(_catalogue.MarkComplete([Blob(5)], epoch));
        Assert.False(_catalogue.IsComplete(Blob(5)));
        Assert.True(_catalogue.MarkComplete([Blob(5)], _catalogue.Epoch));
        Assert.True(_catalogue.IsComplete(Blob(5)));
    }

    [Fact]
    public void A_rebuilt_catalogue_has_no_marks_and_refuses_the_epochs_of_the_old_one()
    {
        long epoch = _catalogue.Epoch;
        _catalogue.Discard();
        using CatalogueDatabase anew = _fixture.Open();
        Assert.False(anew.IsComplete(Blob(1)));
        Assert.False(anew.MarkComplete([Blob(1)], epoch));
    }

    private void AssertVoids(CatalogueChange change)
    {
        long epoch = _catalogue.Epoch;
        _catalogue.Apply(change);
        Assert.True(_catalogue.Epoch > epoch);
        Assert.False(_catalogue.IsComplete(Blob(1)));
        Assert.False(_catalogue.IsComplete(Blob(2)));
    }
}
