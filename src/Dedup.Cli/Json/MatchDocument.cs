using Dedup.Cli.Output;
using Dedup.Trees;

namespace Dedup.Cli.Json;

/// <summary>An entry that a search found, with restic's field names.</summary>
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
