using Dedup.Trees;

namespace Dedup.TestSupport;

/// <summary>A symbolic link of a <see cref="MemorySource"/>.</summary>
public sealed class MemoryLink(ulong inode, string target) : MemoryEntry
{
    /// <summary>Where it points to.</summary>
    public string Target => target;

    /// <inheritdoc/>
    public override NodeMetadata Metadata => new()
    {
        Type = NodeType.SymbolicLink,
        Mode = 0x1FF,
        ModifiedNs = TimeNs,
        ChangedNs = TimeNs,
        Inode = inode,
    };
}
