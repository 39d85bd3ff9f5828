using System.Text;
using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Fuzz;

/// <summary>
/// Makes trees that no source would have, of an input: names that lead elsewhere, in any order and twice, links out of the target, files whose
/// extents are no data, directories that are files, sizes and totals near the end of the numbers.
/// </summary>
internal ref struct HostileTree(ReadOnlySpan<byte> script, RepositoryBuilder builder)
{
    private const int MaxDepth = 24, MaxNodes = 64, MaxRepeated = 3;

    private static readonly byte[][] Names =
    [
        .. ((string[])["a", "b", "d", "link", "c", "..", ".", "../x", "/outside", "a/b", "", "x\0y", "A", "café", "cafe\u0301", "..\\x", "\u001b[2J", "new\nline"]).Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [.. Enumerable.Repeat((byte)'n', 255)], [.. Enumerable.Repeat((byte)'n', 256)], [.. Enumerable.Repeat((byte)'n', Limits.MaxNameLength)],
    ];

    private static readonly byte[][] Targets =
        [.. ((string[])["../outside", "..", "/", "a", "d", "../outside/kept", ".", "link", "/proc/self/cwd", ""]).Select(Encoding.UTF8.GetBytes)];

    private static readonly long[] Sizes = [0, 1, 4096, 1L << 40, 1L << 62, long.MaxValue, long.MaxValue - 1];

    private InputReader _script = new(script);
    private readonly List<BlobId> _trees = [];
    private int _nodes, _repeated;

    /// <summary>Adds all blobs of the tree.</summary>
    /// <returns>The root's.</returns>
    public BlobId Build() => Directory(0);

    private BlobId Directory(int depth)
    {
        List<(byte[] Name, byte[] Node)> nodes = [];
        byte options = _script.Byte();
        while (!_script.IsEmpty && _nodes < MaxNodes)
        {
            byte choice = _script.Byte();
            if ((choice & 7) == 7)
            {
                break;
            }

            _nodes++;
            byte[] name = (choice & 8) == 0 ? Names[_script.Below(Names.Length)] : _script.Piece().ToArray();
            nodes.Add((name, Node(name, (NodeType)((choice & 7) % 7 + 1), depth)));
        }

        // As a rule what a reader demands of order is there, so that something is left for it to restore.
        IEnumerable<(byte[] Name, byte[] Node)> ordered = (options & 3) == 3
            ? nodes
            : nodes.OrderBy(static node => node.Name, Comparer<byte[]>.Create(static (x, y) => x.AsSpan().SequenceCompareTo(y))).DistinctBy(static node => Convert.ToHexString(node.Name));
        BlobId tree = Page([.. ordered.Select(static node => node.Node)], 0);
        _trees.Add(tree);
        return (options & 0xF0) == 0xF0 ? Page([[.. tree.Bytes.ToArray(), .. BitConverter.GetBytes(1L), 1, 0, (byte)'a']], 1) : tree;
    }

    private readonly BlobId Page(byte[][] entries, int level)
    {
        byte[] header = new byte[PageFormat.HeaderLength];
        PageFormat.WriteHeader(header, level, entries.Length);
        return builder.Add(BlobKind.Tree, [.. header, .. entries.SelectMany(static entry => entry)]);
    }

    private byte[] Node(byte[] name, NodeType type, int depth)
    {
        byte traits = _script.Byte();
        NodeMetadata metadata = new()
        {
            Type = type,
            Mode = (traits & 1) == 0 ? 0x1EDu : (uint)_script.Short() & 0xFFF,
            ModifiedNs = (traits & 2) == 0 ? 1_700_000_000_000_000_000 : _script.Long(),
            ChangedNs = 0,
            Inode = (ulong)(traits >> 6),
            LinkCount = (traits & 4) == 0 ? 1u : 2u,
            LinkDevice = (traits & 4) == 0 ? 0u : 7u,
            UserName = (traits & 8) == 0 ? "" : "root",

            // The null device and its kin: a restore that opened one would do no harm.
            DeviceMajor = 1,
            DeviceMinor = 3,
            Size = type == NodeType.File && (traits & 16) != 0 ? Sizes[_script.Below(Sizes.Length)] : 5,
        };
        Node node = new() { Name = EntryName.FromText("n"), Metadata = metadata, Xattrs = (traits & 32) == 0 ? [] : Xattrs() };
        node = type switch
        {
            NodeType.Directory => node with { Tree = Below(depth), Totals = (traits & 16) == 0 ? default : new TreeTotals(long.MaxValue, long.MaxValue, long.MaxValue) },
            NodeType.File => WithContent(node),
            NodeType.SymbolicLink => node with { LinkTarget = Targets[_script.Below(Targets.Length)] },
            _ => node,
        };
        ByteWriter writer = new();
        NodeFormat.Write(writer, node);

        // Behind the name of one byte, which stands for one that no name could be made of.
        return [.. BitConverter.GetBytes((ushort)name.Length), .. name, .. writer.Written[3..]];
    }

    /// <summary>A directory of its own, or one that is there already, or none at all.</summary>
    private BlobId Below(int depth)
    {
        int choice = _script.Byte();

        // Few times: directories that hold the same one twice, each in the next, are more paths than anybody could restore.
        return choice >= 250 && _trees.Count > 0 && _repeated++ < MaxRepeated ? _trees[choice % _trees.Count]
            : choice == 249 ? builder.Add(BlobKind.Data, "no tree"u8)
            : choice == 248 || depth >= MaxDepth ? new BlobId(FuzzKeys.Salt)
            : Directory(depth + 1);
    }

    private Node WithContent(Node node)
    {
        long size = node.Metadata.Size;
        int choice = _script.Byte();
        BlobId data = builder.Add(BlobKind.Data, "hello"u8);
        return choice switch
        {
            250 => node with { Extents = [new Extent(new BlobId(FuzzKeys.Salt), 5)] },
            251 when _trees.Count > 0 => node with { Extents = [new Extent(_trees[0], 5)] },
            252 => node with { List = List(data, size) },
            253 when _trees.Count > 0 => node with { List = _trees[0] },
            254 => node with { Extents = [new Extent(data, 7)] },
            _ => node with { Extents = size == 0 ? [] : size < 6 ? [new Extent(data, size)] : [new Extent(data, 5), Extent.Hole(size - 5)] },
        };
    }

    private BlobId List(BlobId data, long size)
    {
        ByteWriter writer = new();
        writer.Zeros(PageFormat.HeaderLength);
        int count = _script.Below(40);
        PageFormat.WriteHeader(writer.Reserved(PageFormat.HeaderLength), 0, count);
        for (int i = 0; i < count; i++)
        {
            NodeFormat.WriteExtent(writer, i == 0 && size > 5L * count ? Extent.Hole(size - (5L * (count - 1))) : new Extent(data, 5));
        }

        return builder.Add(BlobKind.List, writer.Written);
    }

    private NodeXattr[] Xattrs()
    {
        byte[] value = _script.Piece().ToArray();
        NodeXattr small = new("user.a"u8.ToArray(), value.Length, value, default);
        return (value.Length & 1) == 0 ? [small] : [small, new NodeXattr("user.b"u8.ToArray(), 600, null, builder.Add(BlobKind.Data, new byte[(value.Length & 2) == 0 ? 600 : 5]))];
    }
}
