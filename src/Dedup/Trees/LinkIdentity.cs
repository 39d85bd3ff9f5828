namespace Dedup.Trees;

/// <summary>
/// What names of one file have in common. The content is part of it: while a backup runs, a file can be changed between its names, or be
/// removed and its inode be another file's. Such names are not made one, as each would then restore as the other.
/// </summary>
/// <param name="Device">The device the file lies on.</param>
/// <param name="Inode">Its inode number there.</param>
/// <param name="Type">What it is.</param>
/// <param name="Content">A text that stands for what it holds.</param>
internal readonly record struct LinkIdentity(ulong Device, ulong Inode, NodeType Type, string Content)
{
    /// <summary>The identity of a node that has several names.</summary>
    public static LinkIdentity Of(Node node)
    {
        NodeMetadata metadata = node.Metadata;
        string content = metadata.Type switch
        {
            NodeType.File => $"{metadata.Size} {(node.List.IsZero ? string.Join(' ', node.Extents) : node.List)}",
            NodeType.SymbolicLink => Convert.ToHexString(node.LinkTarget.Span),
            _ => $"{metadata.DeviceMajor}:{metadata.DeviceMinor}",
        };
        return new LinkIdentity(metadata.LinkDevice, metadata.Inode, metadata.Type, content);
    }
}
