using Dedup.Crypto;
using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Tests.Content;

/// <summary>Keeps the pages that a writer makes, and reads them without the reader that is tested elsewhere.</summary>
internal sealed class PageStore : IDisposable
{
    private readonly BlobHasher _hasher = new(new byte[32]);

    /// <summary>Keys that are the same at every run.</summary>
    public static RepositoryKeys Keys { get; } = new(MasterKey.FromBytes(new byte[MasterKey.Length]), default);

    public Dictionary<BlobId, byte[]> Pages { get; } = [];

    public BlobId Store(BlobKind kind, ReadOnlySpan<byte> plain)
    {
        BlobId id = _hasher.Hash(kind, plain);
        Pages[id] = plain.ToArray();
        return id;
    }

    public (int Level, int Count) Header(BlobId page)
    {
        ByteReader reader = new(Pages[page], "page");
        int level = PageFormat.ReadHeader(ref reader, out int count);
        return (level, count);
    }

    /// <summary>The pages of level 0 below a page of a tree, in order.</summary>
    public IEnumerable<BlobId> TreeLeaves(BlobId page)
    {
        ByteReader reader = new(Pages[page], "page");
        int level = PageFormat.ReadHeader(ref reader, out int count);
        return level == 0
            ? [page]
            : PageFormat.ReadTreeBranches(ref reader, count).SelectMany(branch => TreeLeaves(branch.Page));
    }

    /// <summary>The pages of level 0 below a page of a list, in order.</summary>
    public IEnumerable<BlobId> ListLeaves(BlobId page)
    {
        ByteReader reader = new(Pages[page], "page");
        int level = PageFormat.ReadHeader(ref reader, out int count);
        return level == 0
            ? [page]
            : PageFormat.ReadListBranches(ref reader, count).SelectMany(branch => ListLeaves(branch.Page));
    }

    public IEnumerable<Extent> Extents(BlobId list) => ListLeaves(list).SelectMany(leaf =>
    {
        ByteReader reader = new(Pages[leaf], "page");
        PageFormat.ReadHeader(ref reader, out int count);
        return PageFormat.ReadExtents(ref reader, count);
    });

    public void Dispose() => _hasher.Dispose();
}
