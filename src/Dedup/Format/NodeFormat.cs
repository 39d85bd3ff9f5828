using Dedup.Trees;

namespace Dedup.Format;

/// <summary>
/// A node.
/// <code>
/// name: length (2), bytes
/// type (1), remarks (1), mode (2), uid (4), gid (4), user (text), group (text)
/// mtime (8), ctime (8), inode (8), link count (4), link device (8)
/// count of xattrs (2), each: name length (1), name, value length (4), 0 and the value | 1 and a blob id
/// file:      size (8), 0 and count (2) and extents | 1 and a list blob id
/// directory: tree blob id (32), files (8), directories (8), bytes (8)
/// link:      target's length (4), target
/// device:    major (4), minor (4)
/// </code>
/// An extent is a blob id (32), zero for a hole, and a length (8).
/// </summary>
internal static class NodeFormat
{
    /// <summary>The most extents that stay in the node; more go to a list.</summary>
    public const int MaxInlineExtents = 16;

    private const byte Here = 0, InBlob = 1;

    private const byte KnownRemarks = (byte)(NodeRemarks.ChangedWhileRead | NodeRemarks.RecentlyChanged | NodeRemarks.Damaged);

    public static void Write(ByteWriter writer, Node node)
    {
        NodeMetadata metadata = node.Metadata;
        writer.U16(node.Name.Bytes.Length);
        writer.Bytes(node.Name.Bytes);
        writer.U8((byte)metadata.Type);
        writer.U8((byte)node.Remarks);
        writer.U16((int)metadata.Mode);
        writer.U32(metadata.UserId);
        writer.U32(metadata.GroupId);
        writer.Text(metadata.UserName);
        writer.Text(metadata.GroupName);
        writer.I64(metadata.ModifiedNs);
        writer.I64(metadata.ChangedNs);
        writer.U64(metadata.Inode);
        writer.U32(metadata.LinkCount);
        writer.U64(metadata.LinkDevice);
        WriteXattrs(writer, node.Xattrs);
        switch (metadata.Type)
        {
            case NodeType.File:
                WriteContent(writer, node);
                break;
            case NodeType.Directory:
                writer.Id(node.Tree);
                writer.Length64(node.Totals.Files);
                writer.Length64(node.Totals.Directories);
                writer.Length64(node.Totals.Bytes);
                break;
            case NodeType.SymbolicLink:
                writer.U32(node.LinkTarget.Length);
                writer.Bytes(node.LinkTarget.Span);
                break;
            case NodeType.CharacterDevice or NodeType.BlockDevice:
                writer.U32(metadata.DeviceMajor);
                writer.U32(metadata.DeviceMinor);
                break;
            case NodeType.Fifo or NodeType.Socket:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(node), metadata.Type, "A node of no known type.");
        }
    }

    public static void WriteExtent(ByteWriter writer, Extent extent)
    {
        writer.Id(extent.Blob);
        writer.Length64(extent.Length);
    }

    public static Extent ReadExtent(ref ByteReader reader)
    {
        Extent extent = new(reader.BlobId(), reader.Length64());
        return extent.Length > 0 && (extent.IsHole || extent.Length <= Limits.MaxChunkLength)
            ? extent
            : throw reader.Corrupt($"an extent of {extent.Length} bytes");
    }

    /// <param name="reader">Stands at a node.</param>
    /// <param name="names">Names of owners and groups seen before, so that they are not made anew for every node.</param>
    public static Node Read(ref ByteReader reader, TextPool names)
    {
        ReadOnlySpan<byte> name = reader.Bytes(reader.Count16(Limits.MaxNameLength));
        if (!EntryName.IsValid(name))
        {
            throw reader.Corrupt($"the name '{EntryName.Display(name)}', which no directory entry can have");
        }

        byte type = reader.U8();
        byte remarks = reader.U8();
        ushort mode = reader.U16();
        if (type is < (byte)NodeType.File or > (byte)NodeType.Socket || remarks > KnownRemarks || mode > 0xFFF)
        {
            throw reader.Corrupt($"a node of type {type}, remarks {remarks} and mode {mode}");
        }

        NodeMetadata metadata = new()
        {
            Type = (NodeType)type,
            Mode = mode,
            UserId = reader.U32(),
            GroupId = reader.U32(),
            UserName = names.Read(ref reader),
            GroupName = names.Read(ref reader),
            ModifiedNs = reader.I64(),
            ChangedNs = reader.I64(),
            Inode = reader.U64(),
            LinkCount = reader.U32(),
            LinkDevice = reader.U64(),
        };
        Node node = new()
        {
            Name = EntryName.FromBytes(name),
            Metadata = metadata,
            Remarks = (NodeRemarks)remarks,
            Xattrs = ReadXattrs(ref reader),
        };
        return metadata.Type switch
        {
            NodeType.File => ReadContent(ref reader, node),
            NodeType.Directory => node with
            {
                Tree = reader.BlobId(),
                Totals = new TreeTotals(reader.Length64(), reader.Length64(), reader.Length64()),
            },
            NodeType.SymbolicLink => node with { LinkTarget = ReadTarget(ref reader) },
            NodeType.CharacterDevice or NodeType.BlockDevice => node with
            {
                Metadata = metadata with { DeviceMajor = reader.U32(), DeviceMinor = reader.U32() },
            },
            _ => node,
        };
    }

    private static void WriteContent(ByteWriter writer, Node node)
    {
        writer.Length64(node.Metadata.Size);
        if (!node.List.IsZero)
        {
            writer.U8(InBlob);
            writer.Id(node.List);
            return;
        }

        // A reader would reject the whole page, and the directory with it.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(node.Extents.Count, MaxInlineExtents, nameof(node));
        writer.U8(Here);
        writer.U16(node.Extents.Count);
        foreach (Extent extent in node.Extents)
        {
            WriteExtent(writer, extent);
        }
    }

    private static Node ReadContent(ref ByteReader reader, Node node)
    {
        long size = reader.Length64();
        node = node with { Metadata = node.Metadata with { Size = size } };
        switch (reader.U8())
        {
            case Here:
                Extent[] extents = new Extent[reader.Count16(MaxInlineExtents)];
                long total = 0;
                for (int i = 0; i < extents.Length; i++)
                {
                    extents[i] = ReadExtent(ref reader);
                    total = unchecked(total + extents[i].Length);
                    if (total < 0 || total > size)
                    {
                        throw reader.Corrupt("a file whose extents are longer than the file");
                    }
                }

                return total == size ? node with { Extents = extents } : throw reader.Corrupt("a file whose extents are shorter than the file");
            case InBlob:
                BlobId list = reader.BlobId();
                return !list.IsZero ? node with { List = list } : throw reader.Corrupt("a list blob without an id");
            default:
                throw reader.Corrupt("a form of content that is not known");
        }
    }

    private static byte[] ReadTarget(ref ByteReader reader)
    {
        ReadOnlySpan<byte> target = reader.Bytes(reader.Count32(Limits.MaxLinkTargetLength));
        return !target.Contains((byte)0) ? target.ToArray() : throw reader.Corrupt("a link's target with a NUL");
    }

    private static void WriteXattrs(ByteWriter writer, IReadOnlyList<NodeXattr> xattrs)
    {
        writer.U16(xattrs.Count);
        foreach (NodeXattr xattr in xattrs)
        {
            writer.U8((byte)xattr.Name.Length);
            writer.Bytes(xattr.Name);
            writer.U32(xattr.Length);
            writer.U8(xattr.Value is null ? InBlob : Here);
            if (xattr.Value is null)
            {
                writer.Id(xattr.Blob);
            }
            else
            {
                writer.Bytes(xattr.Value);
            }
        }
    }

    private static NodeXattr[] ReadXattrs(ref ByteReader reader)
    {
        int count = reader.Count16(Limits.MaxXattrs);
        if (count == 0)
        {
            return [];
        }

        NodeXattr[] xattrs = new NodeXattr[count];
        for (int i = 0; i < count; i++)
        {
            byte[] name = reader.Bytes(reader.U8()).ToArray();
            int length = reader.Count32(Limits.MaxChunkLength);
            byte where = reader.U8();
            bool valid = name.Length > 0 && !name.Contains((byte)0)
                && (i == 0 || xattrs[i - 1].Name.AsSpan().SequenceCompareTo(name) < 0)
                && where == (length <= Limits.MaxInlineXattrLength ? Here : InBlob);
            if (!valid)
            {
                throw reader.Corrupt("an extended attribute that makes no sense");
            }

            xattrs[i] = where == Here
                ? new NodeXattr(name, length, reader.Bytes(length).ToArray(), default)
                : new NodeXattr(name, length, null, reader.BlobId());
        }

        return xattrs;
    }
}
