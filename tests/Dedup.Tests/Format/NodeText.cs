using Dedup.FormatReader;

namespace Dedup.Tests.Format;

/// <summary>Writes back a node that the independent reader read, so that every field of it can be compared with the vector.</summary>
internal static class NodeText
{
    public static string Of(Node node)
    {
        FieldWriter writer = new FieldWriter()
            .U16(node.Name.Length).Bytes(node.Name).U8((int)node.Type).U8(node.Remarks).U16(node.Mode).U32(node.Uid).U32(node.Gid)
            .Text(node.User).Text(node.Group).I64(node.Mtime).I64(node.Ctime).U64(node.Inode).U32(node.LinkCount).U64(node.LinkDevice)
            .U16(node.Attributes.Count);
        foreach (NodeAttribute attribute in node.Attributes)
        {
            writer.U8(attribute.Name.Length).Bytes(attribute.Name).U32(attribute.Length)
                .U8(attribute.Value is null ? 1 : 0).Bytes(attribute.Value ?? Convert.FromHexString(attribute.BlobId!));
        }

        switch (node.Type)
        {
            case NodeType.File when node.ListId is not null:
                writer.U64(node.Size).U8(1).Bytes(Convert.FromHexString(node.ListId));
                break;
            case NodeType.File:
                writer.U64(node.Size).U8(0).U16(node.Extents!.Count)
                    .Each(node.Extents, (w, extent) => w.Bytes(Convert.FromHexString(extent.BlobId ?? Extent.ZeroId)).U64(extent.Length));
                break;
            case NodeType.Directory:
                writer.Bytes(Convert.FromHexString(node.TreeId!)).U64(node.FilesBelow).U64(node.DirectoriesBelow).U64(node.BytesBelow);
                break;
            case NodeType.SymbolicLink:
                writer.U32(node.Target!.Length).Bytes(node.Target);
                break;
            case NodeType.CharacterDevice or NodeType.BlockDevice:
                writer.U32(node.Major).U32(node.Minor);
                break;
            default:
                break;
        }

        return Convert.ToHexStringLower(writer.ToArray());
    }
}
