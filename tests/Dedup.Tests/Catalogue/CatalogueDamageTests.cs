using Dedup.Catalogue;
using Dedup.Format;
using Xunit;
using static Dedup.Tests.Catalogue.CatalogueFixture;

namespace Dedup.Tests.Catalogue;

public sealed class CatalogueDamageTests : IDisposable
{
    private const int Flips = 100, Seed = 20_240;

    private readonly CatalogueFixture _fixture = new();
    private readonly PackDirectory[] _packs = [.. Enumerable.Range(0, 12).Select(i => Pack(i, Enumerable.Range(i * 90, 100)))];
    private readonly byte[] _whole;

    public CatalogueDamageTests()
    {
        using (CatalogueDatabase catalogue = _fixture.Open())
        {
            catalogue.Apply(new CatalogueChange
            {
                SegmentsAdded = [Segment(1, _packs[..6]), Segment(2, _packs[4..10])],
                PacksAdded = _packs[10..],
            });
            catalogue.MarkComplete([Blob(1), Blob(2)], catalogue.Epoch);
        }

        _whole = File.ReadAllBytes(_fixture.Database);
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_flipped_byte_never_gives_a_wrong_answer()
    {
        var random = new Random(Seed);
        int harmless = 0;
        for (int flip = 0; flip < Flips; flip++)
        {
            byte[] damaged = [.. _whole];
            int at = flip < 20 ? random.Next(100) : random.Next(damaged.Length);
            damaged[at] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(_fixture.Database, damaged);
            harmless += NeverLies($"seed {Seed}, flip {flip} at byte {at}") ? 1 : 0;
        }

        Assert.InRange(harmless, Flips / 10, Flips - 1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void A_file_cut_short_never_gives_a_wrong_answer(int divisor)
    {
        File.WriteAllBytes(_fixture.Database, _whole[..(_whole.Length / divisor)]);
        Assert.False(NeverLies($"cut to one part in {divisor}"));
    }

    [Fact]
    public void A_page_of_zeros_never_gives_a_wrong_answer()
    {
        for (int page = 0; page < _whole.Length / 4096; page++)
        {
            byte[] damaged = [.. _whole];
            damaged.AsSpan(page * 4096, 4096).Clear();
            File.WriteAllBytes(_fixture.Database, damaged);
            NeverLies($"page {page} zeroed");
        }
    }

    [Fact]
    public void A_place_that_was_altered_is_told_even_though_the_database_is_sound()
    {
        using (var connection = new SqliteConnection(_fixture.Database, cacheKibibytes: 64, readOnly: false))
        {
            connection.Execute("UPDATE directories SET entries = substr(entries, 1, 41) || x'77' || substr(entries, 43)");
        }

        using CatalogueDatabase catalogue = _fixture.Open();
        BlobId first = _packs[0].Entries[0].Id;
        Assert.Throws<CatalogueDamagedException>(() => catalogue.FindAll(first));
        Assert.Throws<CatalogueDamagedException>(() => catalogue.ReadPack(_packs[0].Id));
        Assert.Throws<CatalogueDamagedException>(() => catalogue.Apply(new CatalogueChange { PacksGone = [_packs[0].Id] }));
        Assert.True(catalogue.TryFind(_packs[0].Entries[1].Id, out _));
    }

    /// <summary>Uses a damaged catalogue in every way.</summary>
    /// <returns>Whether it answered everything rightly.</returns>
    private bool NeverLies(string context)
    {
        using CatalogueDatabase catalogue = _fixture.Open();
        var truth = _packs.SelectMany(Locations).ToLookup(l => l.Entry.Id);
        bool complete = true;
        void Try(Action use)
        {
            try
            {
                use();
            }
            catch (CatalogueDamagedException)
            {
                complete = false;
            }
        }

        for (int i = 0; i < 1200; i++)
        {
            BlobId id = Blob(i);
            Try(() =>
            {
                IReadOnlyList<BlobLocation> found = catalogue.FindAll(id);
                Assert.True(found.All(truth[id].Contains), $"{context}: wrong place for blob {i}");
                complete &= found.Count == truth[id].Count();
            });
            Try(() => Assert.True(!catalogue.TryFind(id, out BlobLocation l) || truth[id].Contains(l), $"{context}: blob {i}"));
            Assert.True(!complete || truth.Contains(id) || i >= 1090, context);
        }

        Try(() => Assert.All(catalogue.ReadDirectories(), pack =>
            Assert.Equal(_packs.Single(p => p.Id == pack.Id).Entries, pack.Entries)));
        Try(() => Assert.False(catalogue.IsComplete(Blob(3)), context));
        Try(() => complete &= catalogue.ReadSegments().Count == 2 && catalogue.IsComplete(Blob(1)));
        Try(() => catalogue.Apply(Adding(Pack(40, 4000))));
        Try(() => catalogue.Apply(new CatalogueChange { SegmentsRemoved = [Id(3_000_002)], PacksGone = [PackName(3)] }));
        catalogue.Discard();
        return complete;
    }
}
