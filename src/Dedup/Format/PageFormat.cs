using Dedup.Trees;

namespace Dedup.Format;

/// <summary>
/// The pages that directories and chunk lists are made of.
/// <code>
/// page:   level (1), zero (3), count (4), entries
/// level 0 of a tree: nodes, sorted by name
/// level 0 of a list: extents
/// level 1 and up of a tree: page's blob id (32), count of nodes below (8), first name: length (2), bytes
/// level 1 and up of a list: page's blob id (32), count of bytes below (8)
/// </code>
/// </summary>
internal static class PageFormat
{
    public const int HeaderLength = 8;

    /// <summary>A page ends after an entry that its key picks (one in 512), not before 128 entries, and at latest after 4096 entries or 512 KiB.</summary>
    public const int MinEntries = 128, SplitMask = 511, MaxEntries = 4096, MaxLength = 512 << 10;

    /// <summary>An id and a length: an extent, and an entry of a list's page above level 0. All others are longer.</summary>
    private const int MinEntryLength = 40;

    public static void WriteHeader(Span<byte> header, int level, int count)
    {
        header[0] = (byte)level;
        header[1..4].Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)count);
    }

    public static int ReadHeader(ref ByteReader reader, out int count)
    {
        byte level = reader.U8();
        reader.Zeros(3);
        count = reader.Count32(MaxEntries);
        if (level > Limits.MaxPageLevel)
        {
            throw reader.Corrupt($"a page of level {level}");
        }

        // Before room for them is made.
        return count <= reader.Remaining / MinEntryLength ? level : throw reader.Corrupt($"{count} entries in {reader.Remaining} bytes");
    }

    public static void WriteBranch(ByteWriter writer, TreeBranch branch)
    {
        writer.Id(branch.Page);
        writer.Length64(branch.Nodes);
        writer.U16(branch.FirstName.Bytes.Length);
        writer.Bytes(branch.FirstName.Bytes);
    }

    public static void WriteBranch(ByteWriter writer, ListBranch branch)
    {
        writer.Id(branch.Page);
        writer.Length64(branch.Bytes);
    }

    /// <summary>The nodes of a page of level 0.</summary>
    /// <exception cref="CorruptDataException">The page is not what it must be, or not sorted.</exception>
    public static Node[] ReadNodes(ref ByteReader reader, int count, TextPool names)
    {
        Node[] nodes = new Node[count];
        for (int i = 0; i < count; i++)
        {
            nodes[i] = NodeFormat.Read(ref reader, names);
            if (i > 0 && nodes[i - 1].Name >= nodes[i].Name)
            {
                throw reader.Corrupt($"the name '{nodes[i].Name}' twice or out of order");
            }
        }

        reader.End();
        return nodes;
    }

    /// <summary>The entries of a tree's page above level 0.</summary>
    /// <exception cref="CorruptDataException">The page is not what it must be, or not sorted.</exception>
    public static TreeBranch[] ReadTreeBranches(ref ByteReader reader, int count)
    {
        TreeBranch[] branches = new TreeBranch[count];
        for (int i = 0; i < count; i++)
        {
            BlobId page = reader.BlobId();
            long nodes = reader.Length64();
            ReadOnlySpan<byte> name = reader.Bytes(reader.Count16(Limits.MaxNameLength));
            if (!EntryName.IsValid(name) || (i > 0 && branches[i - 1].FirstName.Bytes.SequenceCompareTo(name) >= 0))
            {
                throw reader.Corrupt("a page whose first name is invalid or out of order");
            }

            branches[i] = new TreeBranch(page, nodes, EntryName.FromBytes(name));
        }

        reader.End();
        return branches;
    }

    /// <summary>The extents of a list's page of level 0.</summary>
    /// <exception cref="CorruptDataException">The page is not what it must be.</exception>
    public static Extent[] ReadExtents(ref ByteReader reader, int count)
    {
        Extent[] extents = new Extent[count];
        for (int i = 0; i < count; i++)
        {
            extents[i] = NodeFormat.ReadExtent(ref reader);
        }

        reader.End();
        return extents;
    }

    /// <summary>The entries of a list's page above level 0.</summary>
    /// <exception cref="CorruptDataException">The page is not what it must be.</exception>
    public static ListBranch[] ReadListBranches(ref ByteReader reader, int count)
    {
        ListBranch[] branches = new ListBranch[count];
        for (int i = 0; i < count; i++)
        {
            branches[i] = new ListBranch(reader.BlobId(), reader.Length64());
        }

        reader.End();
        return branches;
    }
}
