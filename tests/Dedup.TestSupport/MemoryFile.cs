using Dedup.Trees;

namespace Dedup.TestSupport;

/// <summary>A file of a <see cref="MemorySource"/>.</summary>
public sealed class MemoryFile(ulong inode, byte[] content) : MemoryEntry
{
    /// <summary>The whole content, zeros in the holes.</summary>
    public byte[] Content { get; private set; } = content;

    /// <summary>The pieces that are no holes, in order; <see langword="null"/> when there are no holes.</summary>
    public IReadOnlyList<(int Start, int End)>? Data { get; init; }

    /// <summary>Called once at the next read, with the file, before bytes are taken.</summary>
    public Action<MemoryFile>? BeforeNextRead { get; set; }

    /// <inheritdoc/>
    public override NodeMetadata Metadata => new()
    {
        Type = NodeType.File,
        Mode = 0x1A4,
        ModifiedNs = TimeNs,
        ChangedNs = TimeNs,
        Size = Content.Length,
        Inode = inode,
    };

    /// <summary>Changes the content, and the time by a second.</summary>
    public void Write(byte[] content)
    {
        Content = content;
        TimeNs += 1_000_000_000;
    }

    internal void BeforeRead()
    {
        Action<MemoryFile>? action = BeforeNextRead;
        BeforeNextRead = null;
        action?.Invoke(this);
    }
}
