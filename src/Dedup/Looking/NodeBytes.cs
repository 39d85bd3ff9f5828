using System.Buffers.Binary;
using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>Looks at a node without reading all of it: its name and type come first (format-spec.md, section 12).</summary>
internal static class NodeBytes
{
    /// <summary>The name.</summary>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> node) => node.Slice(sizeof(ushort), BinaryPrimitives.ReadUInt16LittleEndian(node));

    /// <summary>What the entry is.</summary>
    public static NodeType Type(ReadOnlySpan<byte> node) => (NodeType)node[sizeof(ushort) + BinaryPrimitives.ReadUInt16LittleEndian(node)];
}
