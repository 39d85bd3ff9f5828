using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Tests.Content;

/// <summary>Makes nodes of every kind that the format allows.</summary>
internal static class NodeMaker
{
    private static readonly string[] Owners = ["", "root", "ann", "j\u00fcrgen", "\u65e5\u672c"];

    public static Node Make(Random random)
    {
        NodeType type = (NodeType)random.Next((int)NodeType.File, (int)NodeType.Socket + 1);
        Node node = new()
        {
            Name = Name(random),
            Remarks = (NodeRemarks)random.Next(8),
            Xattrs = Xattrs(random),
            Metadata = new NodeMetadata
            {
                Type = type,
                Mode = (uint)random.Next(0x1000),
                UserId = (uint)random.NextInt64(uint.MaxValue + 1L),
                GroupId = (uint)random.Next(3),
                UserName = Owners[random.Next(Owners.Length)],
                GroupName = Owners[random.Next(Owners.Length)],
                ModifiedNs = random.NextInt64(long.MinValue, long.MaxValue),
                ChangedNs = random.NextInt64(long.MinValue, long.MaxValue),
                Inode = (ulong)random.NextInt64(),
                LinkCount = (uint)random.Next(1, 4),
                LinkDevice = (ulong)random.NextInt64(),
            },
        };
        return type switch
        {
            NodeType.File => WithContent(node, random),
            NodeType.Directory => node with { Tree = Id(random), Totals = new TreeTotals(random.Next(), random.Next(), random.NextInt64()) },
            NodeType.SymbolicLink => node with { LinkTarget = Bytes(random, 1, 300, zeros: false) },
            NodeType.CharacterDevice or NodeType.BlockDevice => node with
            {
                Metadata = node.Metadata with { DeviceMajor = (uint)random.Next(), DeviceMinor = (uint)random.Next() },
            },
            _ => node,
        };
    }

    private static Node WithContent(Node node, Random random)
    {
        if (random.Next(4) == 0)
        {
            return node with { List = Id(random), Metadata = node.Metadata with { Size = random.NextInt64() } };
        }

        Extent[] extents = new Extent[random.Next(NodeFormat.MaxInlineExtents + 1)];
        for (int i = 0; i < extents.Length; i++)
        {
            extents[i] = random.Next(4) == 0 ? Extent.Hole(random.NextInt64(1, 1L << 50)) : new Extent(Id(random), random.Next(1, Limits.MaxChunkLength + 1));
        }

        return node with { Extents = extents, Metadata = node.Metadata with { Size = extents.Sum(extent => extent.Length) } };
    }

    private static NodeXattr[] Xattrs(Random random) =>
        [.. Enumerable.Range(0, random.Next(4)).Select(i =>
        {
            byte[] name = [(byte)(i + 1), .. Bytes(random, 0, 20, zeros: false)];
            int length = random.Next(2) == 0 ? random.Next(Limits.MaxInlineXattrLength + 1) : random.Next(Limits.MaxInlineXattrLength + 1, Limits.MaxChunkLength + 1);
            return length <= Limits.MaxInlineXattrLength
                ? new NodeXattr(name, length, Bytes(random, length, length, zeros: true), default)
                : new NodeXattr(name, length, null, Id(random));
        })];

    private static EntryName Name(Random random)
    {
        byte[] name = Bytes(random, 1, 255, zeros: false);
        name.AsSpan().Replace((byte)'/', (byte)'_');
        return EntryName.FromBytes(EntryName.IsValid(name) ? name : [.. name, (byte)'x']);
    }

    private static BlobId Id(Random random) => new(Bytes(random, BlobId.Length, BlobId.Length, zeros: true));

    private static byte[] Bytes(Random random, int least, int most, bool zeros)
    {
        byte[] bytes = new byte[random.Next(least, most + 1)];
        random.NextBytes(bytes);
        if (!zeros)
        {
            bytes.AsSpan().Replace((byte)0, (byte)1);
        }

        return bytes;
    }
}
