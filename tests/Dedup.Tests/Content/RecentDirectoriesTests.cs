using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Format;
using Dedup.Tests.Catalogue;
using Xunit;
using static Dedup.Tests.Catalogue.CatalogueFixture;

namespace Dedup.Tests.Content;

public sealed class RecentDirectoriesTests : IDisposable
{
    private readonly CatalogueFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_pack_that_is_asked_for_often_is_answered_from_memory_and_as_the_catalogue_answers()
    {
        PackDirectory[] packs = [.. Enumerable.Range(1, 6).Select(number => Pack(number, Enumerable.Range(number * 1000, 300)))];
        using CatalogueDatabase catalogue = _fixture.Open();
        catalogue.Apply(Adding(packs));
        RecentDirectories recent = new(catalogue);
        foreach (PackDirectory pack in packs)
        {
            int asked = 0;
            while (!recent.TryFind(pack.Entries[0].Id, out _))
            {
                recent.Note(pack.Id);
                Assert.True(++asked < 1000, "The pack is never kept.");
            }

            Assert.True(asked > 1, "One look-up does not pay for a whole directory.");
            foreach (BlobLocation expected in Locations(pack))
            {
                Assert.True(recent.TryFind(expected.Entry.Id, out BlobLocation found));
                Assert.Equal(expected, found);
            }
        }

        Assert.False(recent.TryFind(Blob(1), out _));
        Assert.False(recent.TryFind(packs[0].Entries[0].Id, out _), "Memory is bounded: the oldest makes room.");
    }

    [Fact]
    public void What_the_catalogue_does_not_know_is_not_kept()
    {
        using CatalogueDatabase catalogue = _fixture.Open();
        RecentDirectories recent = new(catalogue);
        for (int i = 0; i < 2000; i++)
        {
            recent.Note(PackName(1));
        }

        Assert.False(recent.TryFind(Blob(1), out _));
    }
}
