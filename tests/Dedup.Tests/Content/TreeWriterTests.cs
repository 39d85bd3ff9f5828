using System.Globalization;
using Dedup.Content;
using Dedup.Format;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Content;

public sealed class TreeWriterTests : IDisposable
{
    private const int Many = 100_000;

    private readonly PageStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void An_empty_directory_is_one_page_without_entries()
    {
        (BlobId tree, TreeTotals totals) = Write([]);
        Assert.Equal((0, 0), _store.Header(tree));
        Assert.Equal(default, totals);
        Assert.Equal(new byte[PageFormat.HeaderLength], _store.Pages[tree]);
    }

    [Fact]
    public void Equal_directories_are_equal_pages_whoever_writes_them()
    {
        Node[] nodes = Files(5000);
        (BlobId tree, TreeTotals totals) = Write(nodes);
        int pages = _store.Pages.Count;
        Assert.Equal((tree, totals), Write(nodes));
        Assert.Equal(pages, _store.Pages.Count);
        Assert.Equal(new TreeTotals(5000, 0, 5000 * 4999L / 2), totals);
    }

    [Fact]
    public void Pages_end_where_the_format_says()
    {
        BlobId tree = Write(Files(Many)).Tree;
        BlobId[] leaves = [.. _store.TreeLeaves(tree)];
        int[] counts = LeafCounts(tree);
        Assert.Equal(Many, counts.Sum());
        Assert.All(counts[..^1], count => Assert.InRange(count, PageFormat.MinEntries, PageFormat.MaxEntries));
        Assert.All(leaves, leaf => Assert.True(_store.Pages[leaf].Length < PageFormat.MaxLength + 1000));
        // 128 entries and then one in 512.
        Assert.InRange(counts.Average(), 500, 800);
        Assert.True(counts.Distinct().Count() > counts.Length / 2);
    }

    [Fact]
    public void A_page_of_long_entries_ends_by_its_length()
    {
        Node[] nodes = [.. Files(300).Select(node => node with { Xattrs = Xattrs(40) })];
        BlobId[] leaves = [.. _store.TreeLeaves(Write(nodes).Tree)];
        Assert.True(leaves.Length > 8);
        Assert.All(leaves[..^1], leaf => Assert.InRange(_store.Pages[leaf].Length, PageFormat.MaxLength, PageFormat.MaxLength + 30_000));
    }

    [Fact]
    public void The_most_entries_a_page_can_have_end_it()
    {
        BlobId tree = Write(Files(600_000)).Tree;
        Assert.All(_store.Pages.Keys, page => Assert.InRange(_store.Header(page).Count, 1, PageFormat.MaxEntries));
        Assert.Equal(600_000, _store.TreeLeaves(tree).Sum(leaf => _store.Header(leaf).Count));
        Assert.Equal(2, _store.Header(tree).Level);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Many / 2)]
    [InlineData(Many - 1)]
    public void A_changed_node_rewrites_its_page_and_those_above(int changed)
    {
        Node[] nodes = Files(Many);
        BlobId tree = Write(nodes).Tree;
        int before = _store.Pages.Count;
        nodes[changed] = nodes[changed] with { Metadata = nodes[changed].Metadata with { ModifiedNs = 1 } };
        Assert.NotEqual(tree, Write(nodes).Tree);
        Assert.Equal(_store.Header(tree).Level + 1, _store.Pages.Count - before);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33_333)]
    [InlineData(Many)]
    public void An_inserted_node_rewrites_few_pages_wherever_it_is(int place)
    {
        List<Node> nodes = [.. Files(Many)];
        Write([.. nodes]);
        int before = _store.Pages.Count;
        nodes.Insert(place, File(place - 1, "x", 0));
        Write([.. nodes]);
        Assert.InRange(_store.Pages.Count - before, 2, 8);
    }

    [Fact]
    public void Any_removed_node_rewrites_few_pages_even_the_last_of_a_page()
    {
        const int count = 20_000;
        Node[] nodes = Files(count);
        BlobId tree = Write(nodes).Tree;
        int first = _store.Header(_store.TreeLeaves(tree).First()).Count;
        foreach (int removed in (int[])[0, first - 1, first, count / 2, count - 1])
        {
            int before = _store.Pages.Count;
            Write([.. nodes[..removed], .. nodes[(removed + 1)..]]);
            Assert.InRange(_store.Pages.Count - before, 1, 8);
        }
    }

    [Fact]
    public void Other_keys_split_at_other_names()
    {
        Node[] nodes = Files(5000);
        using Dedup.Crypto.RepositoryKeys others = new(Dedup.Crypto.MasterKey.FromBytes(new byte[Dedup.Crypto.MasterKey.Length]), new Bytes32([1, .. new byte[31]]));
        TreeWriter writer = new(others, _store.Store);
        Array.ForEach(nodes, writer.Add);
        Assert.NotEqual(LeafCounts(Write(nodes).Tree), LeafCounts(writer.Finish().Tree));
    }

    private static Node[] Files(int count) => [.. Enumerable.Range(0, count).Select(i => File(i, "", i))];

    private static Node File(int number, string suffix, long size) => new()
    {
        Name = EntryName.FromText(string.Create(CultureInfo.InvariantCulture, $"f{number:d7}{suffix}")),
        Metadata = new NodeMetadata { Type = NodeType.File, Size = size },
        Extents = size == 0 ? [] : [Extent.Hole(size)],
    };

    private static NodeXattr[] Xattrs(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new NodeXattr([(byte)(i + 1)], Limits.MaxInlineXattrLength, new byte[Limits.MaxInlineXattrLength], default))];

    private int[] LeafCounts(BlobId tree) => [.. _store.TreeLeaves(tree).Select(leaf => _store.Header(leaf).Count)];

    private (BlobId Tree, TreeTotals Totals) Write(Node[] nodes)
    {
        TreeWriter writer = new(PageStore.Keys, _store.Store);
        Array.ForEach(nodes, writer.Add);
        return writer.Finish();
    }
}
