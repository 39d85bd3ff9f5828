using System.Text.Json.Serialization;
using Dedup.Cli.Output;
using Dedup.Trees;

namespace Dedup.Cli.Json;

/// <summary>An entry of a snapshot. <c>mode</c> holds the twelve permission bits; names that are not plain UTF-8 are escaped as <c>\xNN</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">What it is.</param>
/// <param name="Path">The path in the snapshot.</param>
/// <param name="Uid">The number of the owner.</param>
/// <param name="Gid">The number of the group.</param>
/// <param name="Size">Its length; of files only.</param>
/// <param name="Mode">The twelve permission bits.</param>
/// <param name="Permissions">Type and permissions as ls -l writes them.</param>
/// <param name="Mtime">When the content was modified.</param>
/// <param name="Ctime">When the content or the metadata was changed.</param>
/// <param name="Inode">The number of the inode.</param>
/// <param name="Linktarget">Where a symbolic link leads.</param>
/// <param name="Damaged">There, and true, where it is what a repair made of what was left.</param>
internal sealed record NodeMessage(
    string Name,
    string Type,
    string Path,
    uint Uid,
    uint Gid,
    long? Size,
    uint Mode,
    string Permissions,
    DateTimeOffset Mtime,
    DateTimeOffset Ctime,
    ulong Inode,
    string? Linktarget,
    bool? Damaged)
{
    [JsonPropertyOrder(-2)]
    public string MessageType { get; } = "node";

    [JsonPropertyOrder(-1)]
    public string StructType { get; } = "node";

    public static NodeMessage From(TreeEntry entry)
    {
        NodeMetadata metadata = entry.Node.Metadata;
        return new NodeMessage(
            entry.Node.Name.ToString(),
            NodeText.TypeName(metadata.Type),
            entry.Path,
            metadata.UserId,
            metadata.GroupId,
            metadata.Type == NodeType.File ? metadata.Size : null,
            metadata.Mode,
            NodeText.Permissions(metadata),
            NodeText.Time(metadata.ModifiedNs),
            NodeText.Time(metadata.ChangedNs),
            metadata.Inode,
            metadata.Type == NodeType.SymbolicLink ? EntryName.Display(entry.Node.LinkTarget.Span) : null,
            entry.Node.Remarks.HasFlag(NodeRemarks.Damaged) ? true : null);
    }
}
