using System.Text;
using Dedup.Tests.Format;

namespace Dedup.Tests.Restore;

/// <summary>Writes trees byte by byte, as no engine would, but sealed with the right key: what a snapshot of an enemy may hold.</summary>
/// <param name="write">Stores a blob.</param>
internal sealed class HostileTree(Func<BlobKind, ReadOnlySpan<byte>, BlobId> write)
{
    private const int FileType = 1, DirectoryType = 2, LinkType = 3;

    public BlobId Page(params NodeParts[] nodes) => write(BlobKind.Tree, new PageParts(0, [.. nodes.Select(node => node.Build())]).Build());

    public NodeParts File(string name, string content) => new(Bytes(name), FileType)
    {
        Tail = new FieldWriter().U64((ulong)content.Length).U8(0).U16(1)
            .Bytes(write(BlobKind.Data, Bytes(content)).ToArray()).U64((ulong)content.Length).ToArray(),
    };

    public NodeParts Directory(string name, params NodeParts[] nodes) => Directory(name, Page(nodes));

    public static NodeParts Directory(string name, BlobId tree) => new(Bytes(name), DirectoryType)
    {
        Mode = 0b111_101_101,
        Inode = 0,
        Tail = new FieldWriter().Bytes(tree.ToArray()).U64(0).U64(0).U64(0).ToArray(),
    };

    public static NodeParts Link(string name, string target) => new(Bytes(name), LinkType) { Tail = NodeParts.Target(Bytes(target)) };

    /// <summary>A node that is one of several names of one inode.</summary>
    public static NodeParts Linked(NodeParts node) => node with { LinkCount = 2, LinkDevice = 66 };

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
