using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>What is the same of two entries. Inode numbers and times of status changes tell nothing of what was backed up, hence are not compared.</summary>
internal static class NodeComparison
{
    /// <summary>Whether type and content are the same: a file's chunks, a directory's tree, a link's target, a device's numbers.</summary>
    public static bool HaveSameContent(Node left, Node right) =>
        left.Metadata.Type == right.Metadata.Type
        && left.Tree == right.Tree
        && left.List == right.List
        && left.Metadata.Size == right.Metadata.Size
        && left.Extents.SequenceEqual(right.Extents)
        && left.LinkTarget.Span.SequenceEqual(right.LinkTarget.Span)
        && left.Metadata.DeviceMajor == right.Metadata.DeviceMajor
        && left.Metadata.DeviceMinor == right.Metadata.DeviceMinor;

    /// <summary>Whether permissions, owners, time of modification and extended attributes are the same.</summary>
    public static bool HaveSameMetadata(Node left, Node right) =>
        left.Metadata.Mode == right.Metadata.Mode
        && left.Metadata.UserId == right.Metadata.UserId
        && left.Metadata.GroupId == right.Metadata.GroupId
        && left.Metadata.UserName == right.Metadata.UserName
        && left.Metadata.GroupName == right.Metadata.GroupName
        && left.Metadata.ModifiedNs == right.Metadata.ModifiedNs
        && left.Xattrs.Count == right.Xattrs.Count
        && left.Xattrs.Zip(right.Xattrs).All(pair => AreSame(pair.First, pair.Second));

    private static bool AreSame(NodeXattr left, NodeXattr right) =>
        left.Name.AsSpan().SequenceEqual(right.Name) && left.Length == right.Length && left.Blob == right.Blob
        && left.Value.AsSpan().SequenceEqual(right.Value);
}
