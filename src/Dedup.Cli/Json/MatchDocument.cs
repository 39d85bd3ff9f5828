using Dedup.Cli.Output;
using Dedup.Trees;

namespace Dedup.Cli.Json;

/// <summary>An entry that a search found, with restic's field names.</summary>
/// <param name="Path">The path in the snapshot.</param>
/// <param name="Permissions">Type and permissions as ls -l writes them.</param>
/// <param name="Name">The name.</param>
/// <param name="Type">What it is.</param>
/// <param name="Mode">The twelve permission bits.</param>
/// <param name="Mtime">When the content was modified.</param>
/// <param name="Ctime">When the content or the metadata was changed.</param>
/// <param name="Uid">The number of the owner.</param>
/// <param name="Gid">The number of the group.</param>
/// <param name="User">The owner's name; left out where there was none.</param>
/// <param name="Group">The group's name; left out where there was none.</param>
/// <param name="Inode">The number of the inode.</param>
/// <param name="Size">Its length; of files only.</param>
/// <param name="Links">How many names the inode had.</param>
/// <param name="Linktarget">Where a symbolic link leads.</param>
internal sealed record MatchDocument(
    string Path,
    string Permissions,
    string Name,
    string Type,
    uint Mode,
    DateTimeOffset Mtime,
    DateTimeOffset Ctime,
    uint Uid,
    uint Gid,
    string? User,
    string? Group,
    ulong? Inode,
    long? Size,
    uint Links,
    string? Linktarget)
{
    public static MatchDocument From(TreeEntry entry)
    {
        NodeMetadata metadata = entry.Node.Metadata;
        return new MatchDocument(
            entry.Path,
            NodeText.Permissions(metadata),
            entry.Node.Name.ToString(),
            NodeText.TypeName(metadata.Type),
            metadata.Mode,
            NodeText.Time(metadata.ModifiedNs),
            NodeText.Time(metadata.ChangedNs),
            metadata.UserId,
            metadata.GroupId,
            metadata.UserName.Length > 0 ? metadata.UserName : null,
            metadata.GroupName.Length > 0 ? metadata.GroupName : null,
            metadata.Type == NodeType.Directory ? null : metadata.Inode,
            metadata.Type == NodeType.File ? metadata.Size : null,
            metadata.LinkCount,
            metadata.Type == NodeType.SymbolicLink ? EntryName.Display(entry.Node.LinkTarget.Span) : null);
    }
}
