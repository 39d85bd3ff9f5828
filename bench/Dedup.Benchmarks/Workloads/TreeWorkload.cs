using Dedup.Content;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Benchmarks;

/// <summary>Encodes a directory of files into pages, or decodes them.</summary>
internal sealed class TreeWorkload : Workload
{
    public const int Nodes = 1000;

    private readonly RepositoryKeys _keys = BenchmarkKeys.Make();
    private readonly BlobHasher _hasher;
    private readonly Node[] _nodes;
    private readonly List<byte[]> _pages = [];
    private readonly bool _decodes;

    public TreeWorkload(bool decodes)
    {
        _decodes = decodes;
        _hasher = new BlobHasher(_keys.BlobId);
        _nodes = [.. Enumerable.Range(0, Nodes).Select(File)];
        Encode((kind, page) =>
        {
            _pages.Add(page.ToArray());
            return _hasher.Hash(kind, page);
        });
    }

    public override void Run()
    {
        if (_decodes)
        {
            Decode();
        }
        else
        {
            Encode(_hasher.Hash);
        }
    }

    protected override void Free()
    {
        _hasher.Dispose();
        _keys.Dispose();
    }

    private static Node File(int number) => new()
    {
        Name = EntryName.FromText($"document-{number:d6}.txt"),
        Metadata = new NodeMetadata
        {
            Type = NodeType.File,
            Mode = 0x1A4,
            UserId = 1000,
            GroupId = 1000,
            UserName = "someone",
            GroupName = "everyone",
            ModifiedNs = 1_600_000_000_000_000_000 + number,
            ChangedNs = 1_600_000_000_000_000_000,
            Size = 10_000 + number,
            Inode = (ulong)number,
        },
        Extents = [new Extent(SyntheticIndex.Blob(number), 10_000 + number)],
    };

    private void Encode(Func<BlobKind, ReadOnlySpan<byte>, BlobId> store)
    {
        TreeWriter writer = new(_keys, store);
        foreach (Node node in _nodes)
        {
            writer.Add(node);
        }

        writer.Finish();
    }

    private void Decode()
    {
        int count = 0;
        TextPool texts = new();
        foreach (byte[] page in _pages)
        {
            ByteReader reader = new(page, "page");
            int level = PageFormat.ReadHeader(ref reader, out int entries);
            count += level == 0 ? PageFormat.ReadNodes(ref reader, entries, texts).Length : 0;
        }

        if (count != Nodes)
        {
            throw new InvalidOperationException($"{count} nodes were read instead of {Nodes}.");
        }
    }
}
