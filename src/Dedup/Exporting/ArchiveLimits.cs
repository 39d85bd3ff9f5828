using Dedup.Trees;

namespace Dedup.Exporting;

/// <summary>What formats cannot hold, and what is said of it.</summary>
internal sealed class ArchiveLimits(ArchiveFormat format, ExportRemarks remarks)
{
    /// <summary>Whether other names of an entry can be told from copies of it.</summary>
    public bool HasHardLinks => format != ArchiveFormat.Zip;

    /// <summary>Whether extended attributes are kept.</summary>
    public bool HasXattrs => format != ArchiveFormat.Zip;

    /// <summary>Whether holes need not be written.</summary>
    public bool HasHoles => format != ArchiveFormat.Zip;

    /// <summary>Whether an entry can be in the archive at all, and notes what of it cannot.</summary>
    /// <exception cref="ExportException">It can not, and is of a kind that must not be missing.</exception>
    public bool Admits(Node node, int pathLength, Func<string> path)
    {
        NodeType type = node.Metadata.Type;
        if (node.Remarks.HasFlag(NodeRemarks.Damaged))
        {
            remarks.Add("was damaged in the repository and repaired with what was left: content is missing", path);
        }

        if (type == NodeType.Socket)
        {
            remarks.Add("no archive can hold a socket: left out", path);
            return false;
        }

        return format != ArchiveFormat.Zip || ZipAdmits(node, pathLength, path);
    }

    private bool ZipAdmits(Node node, int pathLength, Func<string> path)
    {
        NodeType type = node.Metadata.Type;
        if (type is not (NodeType.File or NodeType.Directory or NodeType.SymbolicLink))
        {
            remarks.Add("a zip cannot hold a device or pipe: left out", path);
            return false;
        }

        if (pathLength >= ushort.MaxValue)
        {
            throw new ExportException(path(), "the path is longer than a zip can hold: export a tar");
        }

        if (type != NodeType.Directory && node.Metadata.LinkCount > 1)
        {
            remarks.Add("a zip cannot hold hard links: each name is an entry of its own", path);
        }

        if (node.Xattrs.Count > 0)
        {
            remarks.Add("a zip cannot hold extended attributes and access lists: left out", path);
        }

        if (!System.Text.Unicode.Utf8.IsValid(node.Name.Bytes))
        {
            remarks.Add("the name is not UTF-8: kept as it is, which not every program shows right", path);
        }

        if (node.Name.Bytes.Contains((byte)'\\'))
        {
            remarks.Add("the name holds a backslash, which Windows takes for the end of a folder's name: extract it elsewhere, or export a tar", path);
        }

        return true;
    }
}
