using Dedup.Catalogue;
using Dedup.Format;
using Xunit;
using static Dedup.Tests.Catalogue.CatalogueFixture;

namespace Dedup.Tests.Catalogue;

public sealed class CatalogueLookupTests : IDisposable
{
    private readonly CatalogueFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_blob_is_found_where_its_pack_says()
    {
        PackDirectory pack = Pack(1, Enumerable.Range(0, 300));
        using CatalogueDatabase catalogue = _fixture.Open();
        catalogue.Apply(Adding(pack));
        foreach (BlobLocation expected in Locations(pack))
        {
            Assert.True(catalogue.TryFind(expected.Entry.Id, out BlobLocation found));
            Assert.Equal(expected, found);
        }

        Assert.False(catalogue.TryFind(Blob(300), out _));
        Assert.Empty(catalogue.FindAll(Blob(300)));
    }

    [Fact]
    public void A_blob_in_two_packs_and_twice_in_one_is_found_in_all_places()
    {
        PackDirectory one = Pack(1, 5, 6, 5), two = Pack(2, 7, 5);
        using CatalogueDatabase catalogue = _fixture.Open();
        catalogue.Apply(Adding(one, two));
        Assert.Equal(
            Locations(one).Concat(Locations(two)).Where(l => l.Entry.Id == Blob(5)).ToHashSet(),
            catalogue.FindAll(Blob(5)).ToHashSet());
        Assert.Equal(new CatalogueTotals(2, 5, 200_003), catalogue.Totals);
    }

    [Fact]
    public void Blobs_whose_ids_begin_alike_are_told_apart()
    {
        byte[] bytes = Blob(1).ToArray();
        bytes[31] ^= 1;
        var twin = new BlobId(bytes);
        PackDirectory pack = Pack(1, 1);
        using CatalogueDatabase catalogue = _fixture.Open();
        catalogue.Apply(Adding(pack));
        Assert.False(catalogue.TryFind(twin, out _));
        PackDirectory other = Pack(2, 2) with { Entries = [pack.Entries[0] with { Id = twin }] };
        catalogue.Apply(Adding(other));
        Assert.Equal(Locations(other), catalogue.FindAll(twin));
        Assert.Equal(Locations(pack), catalogue.FindAll(Blob(1)));
    }

    [Fact]
    public void A_pack_is_read_back_as_it_was_put_in_whatever_its_size()
    {
        int[] sizes = [0, 1, Place.EntriesPerRow - 1, Place.EntriesPerRow, Place.EntriesPerRow + 1, 5000];
        PackDirectory[] packs = [.. sizes.Select((size, i) => Pack(i, Enumerable.Range(i * 10_000, size)))];
        using CatalogueDatabase catalogue = _fixture.Open();
        catalogue.Apply(Adding(packs));
        foreach (PackDirectory pack in packs)
        {
            AssertSame(pack, catalogue.ReadPack(pack.Id));
        }

        Assert.Null(catalogue.ReadPack(PackName(99)));
    }

    [Fact]
    public void Packs_stream_in_the_order_of_their_ids_also_while_others_are_added()
    {
        PackDirectory[] packs = [.. Enumerable.Range(0, 2500).Select(i => Pack(i, i))];
        using CatalogueDatabase catalogue = _fixture.Open();
        catalogue.Apply(new CatalogueChange { SegmentsAdded = [Segment(1, packs[..1000])], PacksAdded = packs[1000..] });
        Assert.Equal(
            packs.Select((p, i) => new KnownPack(p.Id, p.Kind, p.Length, 1, i < 1000)).OrderBy(p => p.Id),
            catalogue.ReadPacks());
        PackDirectory[] sorted = [.. packs.OrderBy(p => p.Id)];
        int at = 0;
        foreach (PackDirectory pack in catalogue.ReadDirectories())
        {
            AssertSame(sorted[at++], pack);
            if (at == 1)
            {
                catalogue.Apply(new CatalogueChange { PacksGone = [sorted[0].Id] });
            }
        }

        Assert.Equal(packs.Length, at);
    }

    [Fact]
    public void What_was_put_in_is_there_after_closing_and_opening()
    {
        PackDirectory pack = Pack(1, Enumerable.Range(0, 200));
        using (CatalogueDatabase catalogue = _fixture.Open())
        {
            catalogue.Apply(new CatalogueChange { SegmentsAdded = [Segment(4, pack)] });
        }

        using CatalogueDatabase again = _fixture.Open();
        Assert.Equal([Id(3_000_004)], again.ReadSegments());
        Assert.All(pack.Entries, entry => Assert.True(again.TryFind(entry.Id, out _)));
    }

    internal static void AssertSame(PackDirectory expected, PackDirectory? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal((expected.Id, expected.Kind, expected.Length), (actual.Id, actual.Kind, actual.Length));
        Assert.Equal(expected.Entries, actual.Entries);
    }
}
