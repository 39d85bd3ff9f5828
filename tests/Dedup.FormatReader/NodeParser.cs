namespace Dedup.FormatReader;

/// <summary>Reads a node (section 12).</summary>
public static class NodeParser
{
    private const byte KnownRemarks = 7;
    private const ushort PermissionBits = 0xFFF;

    public static Node Parse(ref FieldReader reader)
    {
        byte[] name = ParseName(ref reader);
        byte type = reader.U8();
        byte remarks = reader.U8();
        ushort mode = reader.U16();
        if (type is < 1 or > 7 || (remarks & ~KnownRemarks) != 0 || (mode & ~PermissionBits) != 0)
        {
            throw new RejectedException($"Type {type}, remarks {remarks} or mode {mode} of a node are not defined.");
        }

        var node = new Node
        {
            Name = name,
            Type = (NodeType)type,
            Remarks = remarks,
            Mode = mode,
            Uid = reader.U32(),
            Gid = reader.U32(),
            User = reader.Text(),
            Group = reader.Text(),
            Mtime = reader.I64(),
            Ctime = reader.I64(),
            Inode = reader.U64(),
            LinkCount = reader.U32(),
            LinkDevice = reader.U64(),
            Attributes = AttributeParser.Parse(ref reader),
        };
        return node.Type switch
        {
            NodeType.File => ParseFile(node, ref reader),
            NodeType.Directory => node with
            {
                TreeId = reader.Id(),
                FilesBelow = reader.Length64(),
                DirectoriesBelow = reader.Length64(),
                BytesBelow = reader.Length64(),
            },
            NodeType.SymbolicLink => node with { Target = ParseTarget(ref reader) },
            NodeType.CharacterDevice or NodeType.BlockDevice => node with { Major = reader.U32(), Minor = reader.U32() },
            _ => node,
        };
    }

    public static byte[] ParseName(ref FieldReader reader)
    {
        ushort length = reader.U16();
        Limits.Check(length, Limits.Name, "length of a name");
        byte[] name = reader.Bytes(length).ToArray();
        return name.Length > 0 && !name.AsSpan().SequenceEqual("."u8) && !name.AsSpan().SequenceEqual(".."u8)
            && !name.AsSpan().ContainsAny((byte)'/', (byte)0)
            ? name
            : throw new RejectedException("A name is empty, '.' or '..', or holds '/' or NUL.");
    }

    private static Node ParseFile(Node node, ref FieldReader reader)
    {
        ulong size = reader.Length64();
        switch (reader.U8())
        {
            case 0:
                ushort count = reader.U16();
                Limits.Check(count, Limits.InlineExtents, "number of extents in a node");
                var extents = new List<Extent>();
                for (int i = 0; i < count; i++)
                {
                    extents.Add(Extent.Parse(ref reader));
                }

                CheckSum(extents, size);
                return node with { Size = size, Extents = extents };
            case 1:
                string listId = reader.Id();
                return listId != Extent.ZeroId
                    ? node with { Size = size, ListId = listId }
                    : throw new RejectedException("A file's list has no id.");
            default:
                throw new RejectedException("The extents of a file are in no form that is defined.");
        }
    }

    /// <summary>Rejects extents that do not add up to the file.</summary>
    public static void CheckSum(List<Extent> extents, ulong size)
    {
        UInt128 sum = 0;
        extents.ForEach(extent => sum += extent.Length);
        if (sum != size)
        {
            throw new RejectedException($"Extents of {sum} bytes do not make a file of {size}.");
        }
    }

    private static byte[] ParseTarget(ref FieldReader reader)
    {
        uint length = reader.U32();
        Limits.Check(length, Limits.LinkTarget, "length of a link's target");
        byte[] target = reader.Bytes((int)length).ToArray();
        return target.Contains((byte)0) ? throw new RejectedException("A link's target holds NUL.") : target;
    }
}
