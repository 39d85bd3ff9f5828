using Dedup.Content;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Content;

public sealed class ListWriterTests : IDisposable
{
    private readonly PageStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    public void Up_to_sixteen_extents_stay_in_the_node(int count)
    {
        Extent[] extents = Chunks(count, 1);
        (BlobId list, IReadOnlyList<Extent> inline) = Write(extents);
        Assert.True(list.IsZero);
        Assert.Equal(extents, inline);
        Assert.Empty(_store.Pages);
    }

    [Fact]
    public void Seventeen_extents_are_a_list()
    {
        Extent[] extents = Chunks(17, 1);
        (BlobId list, IReadOnlyList<Extent> inline) = Write(extents);
        Assert.Empty(inline);
        Assert.Equal((0, 17), _store.Header(list));
        Assert.Equal(extents, _store.Extents(list));
    }

    [Fact]
    public void Holes_that_follow_each_other_become_one_wherever_they_are()
    {
        Extent[] chunks = Chunks(2, 1);
        (_, IReadOnlyList<Extent> inline) = Write(
            Extent.Hole(1), Extent.Hole(2), chunks[0], Extent.Hole(3), Extent.Hole(4), Extent.Hole(5), chunks[1], Extent.Hole(6), Extent.Hole(7));
        Assert.Equal([Extent.Hole(3), chunks[0], Extent.Hole(12), chunks[1], Extent.Hole(13)], inline);
    }

    [Fact]
    public void A_trailing_hole_is_the_seventeenth_extent_too()
    {
        (BlobId list, _) = Write([.. Chunks(16, 1), Extent.Hole(1), Extent.Hole(1)]);
        Assert.Equal([.. Chunks(16, 1), Extent.Hole(2)], _store.Extents(list));
    }

    [Fact]
    public void A_million_extents_make_levels_and_a_change_rewrites_few_pages()
    {
        const int count = 1_000_000;
        Extent[] extents = Chunks(count, 2);
        (BlobId list, _) = Write(extents);
        Assert.Equal(2, _store.Header(list).Level);
        Assert.Equal(extents, _store.Extents(list));
        int before = _store.Pages.Count;
        extents[count / 2] = Chunks(1, 3)[0];
        Write(extents);
        Assert.InRange(_store.Pages.Count - before, 3, 8);
        before = _store.Pages.Count;
        Write([Extent.Hole(1), .. extents]);
        Assert.InRange(_store.Pages.Count - before, 3, 8);
    }

    [Fact]
    public void The_length_is_that_of_all_extents()
    {
        ListWriter writer = new(_store.Store);
        writer.Add(new Extent(Id(1), 5));
        writer.Add(Extent.Hole(long.MaxValue - 5));
        Assert.Equal(long.MaxValue, writer.Length);
    }

    private static Extent[] Chunks(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new Extent(Id(random), random.Next(1, Limits.MaxChunkLength)))];
    }

    private static BlobId Id(int seed) => Id(new Random(seed));

    private static BlobId Id(Random random)
    {
        byte[] bytes = new byte[BlobId.Length];
        random.NextBytes(bytes);
        return new BlobId(bytes);
    }

    private (BlobId List, IReadOnlyList<Extent> Inline) Write(params Extent[] extents)
    {
        ListWriter writer = new(_store.Store);
        Array.ForEach(extents, writer.Add);
        return writer.Finish();
    }
}
