using Dedup.Catalogue;
using Dedup.Format;
using Xunit;
using static Dedup.Tests.Catalogue.CatalogueFixture;

namespace Dedup.Tests.Catalogue;

/// <summary>Two processes are two instances on one folder: the locks of SQLite and of the folder hold between them alike.</summary>
public sealed class CatalogueSharingTests : IDisposable
{
    private readonly CatalogueFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void What_one_adds_the_other_reads_at_once_and_its_filter_knows_after_a_refresh()
    {
        using CatalogueDatabase one = _fixture.Open(), two = _fixture.Open();
        one.Apply(Adding(Pack(1, 1)));
        Assert.Single(two.FindAll(Blob(1)));
        Assert.Equal(1, two.Totals.Packs);
        two.Refresh();
        Assert.True(two.TryFind(Blob(1), out _));
    }

    [Fact]
    public void Own_additions_do_not_hide_those_of_the_other_from_the_filter()
    {
        using CatalogueDatabase one = _fixture.Open(), two = _fixture.Open();
        one.Apply(Adding(Pack(1, 1)));
        two.Apply(Adding(Pack(2, 2)));
        Assert.True(two.TryFind(Blob(1), out _));
        one.Refresh();
        Assert.True(one.TryFind(Blob(2), out _));
    }

    [Fact]
    public void A_filter_rebuilt_by_one_is_taken_up_by_the_other_and_by_those_who_open_later()
    {
        PackDirectory[] packs = [.. Enumerable.Range(0, 4).Select(i => Pack(i, Enumerable.Range(i * 50_000, 50_000)))];
        using CatalogueDatabase one = _fixture.Open(), two = _fixture.Open();
        foreach (PackDirectory pack in packs)
        {
            one.Apply(Adding(pack));
        }

        two.Refresh();
        two.Apply(Adding(Pack(9, 900_000)));
        using CatalogueDatabase late = _fixture.Open();
        Assert.All(packs, pack => Assert.All(pack.Entries.Where(e => e.Ordinal % 97 == 0), entry =>
        {
            Assert.True(one.TryFind(entry.Id, out _));
            Assert.True(two.TryFind(entry.Id, out _));
            Assert.True(late.TryFind(entry.Id, out _));
        }));
        Assert.True(late.TryFind(Blob(900_000), out _));
    }

    [Fact]
    public async Task Many_threads_of_two_processes_apply_and_find_at_once()
    {
        const int packs = 60, writers = 2;
        using CatalogueDatabase one = _fixture.Open(), two = _fixture.Open();
        CatalogueDatabase[] both = [one, two];
        using var stop = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 4).Select(r => Task.Run(() =>
        {
            for (int i = r; !stop.IsCancellationRequested; i = (i + 7) % (packs * 20))
            {
                foreach (BlobLocation location in both[r % 2].FindAll(Blob(i)))
                {
                    Assert.Equal(Blob(i), location.Entry.Id);
                    Assert.Equal(PackName(i / 20), location.Pack);
                }
            }
        }))];
        await Task.WhenAll(Enumerable.Range(0, writers * 2).Select(w => Task.Run(() =>
        {
            for (int i = 0; i < packs; i++)
            {
                both[w % 2].Apply(Adding(Pack(i, Enumerable.Range(i * 20, 20))));
                both[w % 2].MarkComplete([Blob(i)], both[w % 2].Epoch);
            }
        })));
        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(new CatalogueTotals(packs, packs * 20, Enumerable.Range(100_000, packs).Sum()), two.Totals);
        Assert.All(Enumerable.Range(0, packs * 20), i => Assert.True(one.TryFind(Blob(i), out _)));
        Assert.All(Enumerable.Range(0, packs), i => Assert.True(two.IsComplete(Blob(i))));
    }

    [Fact]
    public void Who_has_a_discarded_catalogue_open_never_mixes_it_with_its_successor()
    {
        using CatalogueDatabase old = _fixture.Open(), idle = _fixture.Open();
        old.Apply(Adding(Pack(1, 1)));
        Assert.Single(old.FindAll(Blob(1)));
        using (CatalogueDatabase other = _fixture.Open())
        {
            other.Discard();
        }

        // No reader of this one is open yet: there is nothing that it could still read.
        Assert.Throws<CatalogueDamagedException>(() => idle.FindAll(Blob(1)));
        using CatalogueDatabase anew = _fixture.Open();
        Assert.Throws<CatalogueDamagedException>(() => idle.FindAll(Blob(1)));
        anew.Apply(Adding(Pack(2, 2)));
        Assert.Single(old.FindAll(Blob(1)));
        Assert.Empty(old.FindAll(Blob(2)));
        old.Apply(Adding(Pack(3, 3)));
        Assert.Empty(anew.FindAll(Blob(3)));

        // Neither closing nor discarding the old one touches the new one's files.
        old.Dispose();
        idle.Discard();
        anew.Apply(Adding(Pack(4, 4)));
        using CatalogueDatabase again = _fixture.Open();
        Assert.Equal(2, again.Totals.Packs);
        Assert.Single(again.FindAll(Blob(2)));
    }

    [Fact]
    public async Task Many_open_discard_and_use_at_once_and_never_see_a_wrong_answer()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(t => Task.Run(() =>
        {
            var random = new Random(t);
            for (int round = 0; round < 25; round++)
            {
                using CatalogueDatabase catalogue = _fixture.Open();
                try
                {
                    int pack = random.Next(10);
                    catalogue.Apply(Adding(Pack(pack, Enumerable.Range(pack * 10, 10))));
                    for (int i = 0; i < 100; i++)
                    {
                        Assert.All(catalogue.FindAll(Blob(i)), location => Assert.Equal(PackName(i / 10), location.Pack));
                    }
                }
                catch (CatalogueDamagedException)
                {
                    // Another one discarded it: this is what callers are told.
                }

                if (random.Next(3) == 0)
                {
                    catalogue.Discard();
                }
            }
        })));
        using CatalogueDatabase last = _fixture.Open();
        last.Apply(Adding(Pack(50, 5000)));
        Assert.True(last.TryFind(Blob(5000), out _));
    }
}
