using System.Globalization;
using Dedup.Catalogue;
using Dedup.Compression;
using Dedup.Content;
using Dedup.Format;
using Dedup.Sessions;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Content;

/// <summary>Directories and lists written to a store and read from it.</summary>
public sealed class TreeReaderTests : IAsyncLifetime
{
    private readonly ScratchDirectory _scratch = new();
    private readonly MemoryStore _store = new();
    private readonly CatalogueDatabase _catalogue;
    private readonly BlobWriter _writer;
    private readonly BlobReader _reader;
    private readonly TreeReader _trees;

    public TreeReaderTests()
    {
        _catalogue = CatalogueDatabase.Open(_scratch["cache"], new byte[32]);
        _writer = new BlobWriter(_store, _store, PageStore.Keys, _catalogue, new ReusablePacks(GcState.None, []), CompressionOptions.Lz4, 1 << 20, 2, CancellationToken.None);
        _reader = new BlobReader(_store, PageStore.Keys, _catalogue);
        _trees = new TreeReader(_reader);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _writer.DisposeAsync();
        _reader.Dispose();
        _catalogue.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20_000)]
    public async Task A_directory_is_read_in_order(int count)
    {
        TreeWriter writer = new(PageStore.Keys, _writer.Write);
        Node[] nodes = [.. Enumerable.Range(0, count).Select(MakeFile)];
        Array.ForEach(nodes, writer.Add);
        BlobId tree = writer.Finish().Tree;
        await _writer.CompleteAsync();
        Assert.Equal(nodes.Select(node => node.Name), _trees.ReadNodes(tree, CancellationToken.None).Select(node => node.Name));
    }

    [Fact]
    public async Task A_list_is_read_in_order_and_names_its_pages()
    {
        ListWriter writer = new(_writer.Write);
        Extent[] extents = [.. Enumerable.Range(0, 5000).Select(i => new Extent(_writer.Write(BlobKind.Data, BitConverter.GetBytes(i)), 4))];
        Array.ForEach(extents, writer.Add);
        BlobId list = writer.Finish().List;
        await _writer.CompleteAsync();
        List<BlobId> pages = [];
        Node file = MakeFile(1) with { List = list, Extents = [], Metadata = new NodeMetadata { Type = NodeType.File, Size = 20_000 } };
        Assert.Equal(extents, _trees.ReadExtents(file, CancellationToken.None, pages.Add));
        Assert.Equal(list, pages[0]);
        Assert.Equal(pages.Count, pages.Distinct().Count());
        Assert.True(pages.Count > 3);
    }

    [Theory]
    [InlineData(19_999)]
    [InlineData(20_001)]
    public async Task A_list_that_is_not_as_long_as_its_file_is_refused(long size)
    {
        ListWriter writer = new(_writer.Write);
        BlobId chunk = _writer.Write(BlobKind.Data, new byte[4]);
        for (int i = 0; i < 5000; i++)
        {
            writer.Add(new Extent(chunk, 4));
        }

        Node file = MakeFile(1) with { List = writer.Finish().List, Extents = [], Metadata = new NodeMetadata { Type = NodeType.File, Size = size } };
        await _writer.CompleteAsync();
        Assert.Throws<CorruptDataException>(() => _trees.ReadExtents(file, CancellationToken.None).Count());
    }

    [Fault(51)]
    [Fact]
    public async Task Names_out_of_order_across_pages_are_refused()
    {
        BlobId first = WritePage(0, 2, writer => { NodeFormat.Write(writer, MakeFile(3)); NodeFormat.Write(writer, MakeFile(4)); });
        BlobId second = WritePage(0, 1, writer => NodeFormat.Write(writer, MakeFile(4)));
        BlobId top = WritePage(1, 2, writer =>
        {
            PageFormat.WriteBranch(writer, new TreeBranch(first, 2, MakeFile(3).Name));
            PageFormat.WriteBranch(writer, new TreeBranch(second, 1, MakeFile(4).Name));
        });
        await _writer.CompleteAsync();
        Assert.Throws<CorruptDataException>(() => _trees.ReadNodes(top, CancellationToken.None).Count());
    }

    [Fact]
    public async Task A_page_of_another_level_than_is_due_is_refused()
    {
        BlobId leaf = WritePage(0, 1, writer => NodeFormat.Write(writer, MakeFile(1)));
        BlobId top = WritePage(2, 1, writer => PageFormat.WriteBranch(writer, new TreeBranch(leaf, 1, MakeFile(1).Name)));
        await _writer.CompleteAsync();
        Assert.Throws<CorruptDataException>(() => _trees.ReadNodes(top, CancellationToken.None).Count());
    }

    [Fault(27)]
    [Fact]
    public async Task A_blob_that_is_not_there_or_of_another_kind_is_named()
    {
        BlobId data = _writer.Write(BlobKind.Data, new byte[PageFormat.HeaderLength]);
        await _writer.CompleteAsync();
        Assert.Throws<CorruptDataException>(() => _trees.ReadNodes(data, CancellationToken.None).Count());
        Assert.Throws<BlobMissingException>(() => _trees.ReadNodes(new BlobId(new byte[32]), CancellationToken.None).Count());
    }

    private static Node MakeFile(int number) => new()
    {
        Name = EntryName.FromText(number.ToString("d7", CultureInfo.InvariantCulture)),
        Metadata = new NodeMetadata { Type = NodeType.File },
    };

    private BlobId WritePage(int level, int count, Action<ByteWriter> write)
    {
        ByteWriter writer = new();
        writer.Zeros(PageFormat.HeaderLength);
        write(writer);
        PageFormat.WriteHeader(writer.Reserved(PageFormat.HeaderLength), level, count);
        return _writer.Write(BlobKind.Tree, writer.Written);
    }
}
